INSERT INTO sample.items SELECT max(id) + 1 FROM sample.items;
