CREATE TABLE sample.items (id int PRIMARY KEY);
--> statement-breakpoint
INSERT INTO sample.items VALUES (1);
