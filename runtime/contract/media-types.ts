/** JSON texts in a row: one a line, or each after a record separator (`application/json-seq`, RFC 7464). */
export const JSON_LINES: RegExp = /^application\/((x-)?(jsonl|ndjson|json-?lines)|json-seq)\s*(;|$)/i;
