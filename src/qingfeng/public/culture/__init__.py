"""The public pages of places and routes (清廉地图, 廉洁游专线); read from the tables of `culture` alone."""
