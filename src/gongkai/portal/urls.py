"""Addresses of the portal. They are printed, cited and scanned, so they stay."""

from django.urls import URLPattern, URLResolver, path, register_converter

from gongkai.portal import beacon, converters, feeds, files, sitemaps, views

register_converter(converters.IdConverter, "id")
register_converter(converters.CodeConverter, "code")

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home_page, name="home"),
    path("latest/", views.latest, name="latest"),
    path("agencies/", views.agencies, name="agencies"),
    path("agencies/<code:code>/", views.agency, name="agency"),
    path("agencies/<code:code>/feed.xml", feeds.agency, name="agency_feed"),
    path("agencies/<code:code>/columns/<code:node>/", views.column, name="column"),
    path("agencies/<code:code>/columns/<code:node>/feed.xml", feeds.column, name="column_feed"),
    path("agencies/<code:code>/standards/", views.tables_page, name="tables"),
    path("agencies/<code:code>/standards/<code:field>/", views.table, name="table"),
    path("agencies/<code:code>/standards/<code:field>/table.csv", views.table_csv, name="table_csv"),
    path("key-areas/", views.key_areas, name="key_areas"),
    path("key-areas/<code:area>/", views.key_area, name="key_area"),
    path("gazette/", views.gazettes_page, name="gazettes"),
    path("gazette/<id:gazette_id>/", views.gazette, name="gazette"),
    path("library/", views.library, name="library"),
    path("search/", views.search, name="search"),
    path("entries/<id:entry_id>/", views.entry, name="entry"),
    path("entries/<id:entry_id>/content.json", views.content, name="content"),
    path("entries/<id:entry_id>/qr.svg", files.qr_code, name="qr_code"),
    path("entries/<id:entry_id>/files/<id:position>/", files.file, name="file"),
    path("reading/", beacon.tell, name="reading"),
    path("requests/", views.requests, name="requests"),
    path("annual-reports/", views.annual_reports, name="annual_reports"),
    path("open-data/", views.open_data, name="open_data"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("site-map/", views.site_map, name="site_map"),
    path("feed.xml", feeds.site, name="feed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-pages.xml", sitemaps.pages, name="sitemap_pages"),
    path("sitemap-<id:number>.xml", sitemaps.part, name="sitemap_part"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("<path:rest>", views.slash_missing, name="slash_missing"),
]
