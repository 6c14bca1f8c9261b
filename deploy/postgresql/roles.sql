-- Run once by a database administrator, in any database of the cluster. Set passwords afterwards with \password.
--
--   gongkai         owns the tables: init, upgrade, backup and restore connect as it
--   gongkai_desk    the desk and the worker: reads and writes, but cannot change or delete evidence
--   gongkai_portal  the portal: reads what is published, and nothing else
DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['gongkai', 'gongkai_desk', 'gongkai_portal'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', role_name);
        END IF;
    END LOOP;
END $$;
