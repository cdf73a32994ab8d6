CREATE TABLE sample.items (id bigint PRIMARY KEY);
