"""The page that stands there while no scan is open: demo, drop target, recent scans."""
