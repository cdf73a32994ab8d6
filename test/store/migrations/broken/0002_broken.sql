INSERT INTO sample.items VALUES (2);
--> statement-breakpoint
INSERT INTO sample.nothing VALUES (1);
