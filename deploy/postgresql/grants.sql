-- Run by the owner of the tables after `gongkai init`, after every `gongkai upgrade` and after a restore:
--
--   psql --set ON_ERROR_STOP=1 --single-transaction --file grants.sql DATABASE
--
-- It takes away what the two roles had and gives what this version needs, so running it again is always right.
DO $$
DECLARE
    found record;
BEGIN
    EXECUTE format('REVOKE TEMPORARY, CREATE ON DATABASE %I FROM PUBLIC', current_database());
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    GRANT USAGE ON SCHEMA public TO gongkai_desk, gongkai_portal;

    REVOKE ALL ON ALL TABLES IN SCHEMA public FROM gongkai_desk, gongkai_portal;
    REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM gongkai_desk, gongkai_portal;

    -- The desk and the worker.
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO gongkai_desk;
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO gongkai_desk;
    REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM gongkai_desk;

    -- Evidence: every table whose triggers refuse change is refused by grant as well, so that no single slip
    -- of a trigger or of a grant is enough.
    FOR found IN
        SELECT DISTINCT tgrelid::regclass AS evidence
        FROM pg_trigger
        WHERE NOT tgisinternal AND tgname = (SELECT relname FROM pg_class WHERE oid = tgrelid) || '_no_update'
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE ON %s FROM gongkai_desk', found.evidence);
    END LOOP;
    -- The few columns of evidence that may change, such as whether a decision is still valid: those that the
    -- trigger does not compare.
    FOR found IN
        SELECT t.tgrelid::regclass AS evidence, a.attname AS free
        FROM pg_trigger t
        JOIN pg_attribute a ON a.attrelid = t.tgrelid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE NOT t.tgisinternal AND t.tgname = (SELECT relname FROM pg_class WHERE oid = t.tgrelid) || '_no_update'
          AND position('old.' || quote_ident(a.attname) || ' ' IN pg_get_triggerdef(t.oid)) = 0
          AND position('old.' || quote_ident(a.attname) || ')' IN pg_get_triggerdef(t.oid)) = 0
    LOOP
        EXECUTE format('GRANT UPDATE (%I) ON %s TO gongkai_desk', found.free, found.evidence);
    END LOOP;

    -- What a purge may empty: the trigger lets these columns become empty once, and nothing else (`open_to_purge`), so
    -- its definition asks of the new value alone whether it is empty.
    FOR found IN
        SELECT t.tgrelid::regclass AS evidence, a.attname AS purgeable
        FROM pg_trigger t
        JOIN pg_attribute a ON a.attrelid = t.tgrelid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE NOT t.tgisinternal AND t.tgname = (SELECT relname FROM pg_class WHERE oid = t.tgrelid) || '_no_update'
          AND pg_get_triggerdef(t.oid) ~ ('new\.' || a.attname || '(\)::text)? IS (NULL|DISTINCT FROM)')
    LOOP
        EXECUTE format('GRANT UPDATE (%I) ON %s TO gongkai_desk', found.purgeable, found.evidence);
    END LOOP;

    -- The portal: published entries, the agencies, the feed of changes (which entry changed when), and which
    -- migrations were applied, for /healthz.
    FOR found IN
        SELECT c.oid::regclass AS visible
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind = 'r'
          AND (c.relname ~ '^(published|agencies)_' OR c.relname IN ('groundwork_feedchange', 'django_migrations'))
    LOOP
        EXECUTE format('GRANT SELECT ON %s TO gongkai_portal', found.visible);
    END LOOP;
END $$;
