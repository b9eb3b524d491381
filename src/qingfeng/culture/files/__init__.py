"""Places, routes and halls as GeoJSON and CSV, out and in."""
