import { describe, expect, it } from "vitest";
import { VIEWS } from "../../../../src/data/views/views.ts";
import { referencesOf } from "../../../../src/sql/views/references.ts";
import { readStatement } from "../../../../src/sql/views/statement.ts";

const COLUMNS = new Map(VIEWS.map(({ name, fileColumns }) => [name, fileColumns]));
/** For each view, per place that reads it, what has to hold of its files. */
const conditions = (sql: string): Record<string, string[][]> =>
  Object.fromEntries([...referencesOf(readStatement(sql), COLUMNS).views].map(([view, { places }]) => [view, places.map((place) => place.map((one) => one.sql))]));
const names = (sql: string): string[] | undefined => {
  const found = referencesOf(readStatement(sql), COLUMNS).names;
  return found && [...found];
};

describe("what has to hold of files", () => {
  it.each<[string, Record<string, string[][]>]>([
    ["SELECT price FROM options WHERE date = '2024-08-22' AND price > 3 AND (cp = 'CE' AND strike BETWEEN 1 AND 2)", { options: [["date = '2024-08-22'", "cp = 'CE'", "strike between 1 and 2"]] }],
    ["SELECT price FROM options WHERE date = '2024-08-22' OR price > 3", { options: [[]] }],
    ["SELECT price FROM options WHERE date = '2024-08-22' OR strike = 3", { options: [["date = '2024-08-22' or strike = 3"]] }],
    ["SELECT price FROM options o WHERE o.date = '2024-08-22' AND \"Strike\" = 3", { options: [["date = '2024-08-22'", "strike = 3"]] }],
    // Comments stand within comments, end with any end of a line, and what a backslash hides ends no text.
    ["SELECT price FROM options /* not /* this */ WHERE date = '2024-08-22' */", { options: [[]] }],
    ["SELECT price FROM options -- all\rWHERE date = '2024-08-22'", { options: [["date = '2024-08-22'"]] }],
    ["SELECT price FROM options WHERE cp = E'\\' AND date = ''2024-08-22'' --'", { options: [["cp = E'\\' AND date = ''2024-08-22'' --'"]] }],
    // A condition that may give another answer the next time says nothing of a file.
    ["SELECT price FROM options WHERE strike > random() * 100 AND date = current_date AND expiry = date", { options: [["expiry = date"]] }],
    ["SELECT price FROM options WHERE date = (SELECT max(date) FROM spot) AND cp = 'CE'", { options: [["cp = 'CE'"]], spot: [[]] }],
    ["SELECT o.price FROM options o JOIN spot s USING (symbol, date) WHERE date = '2024-08-22' AND o.strike = 3", { options: [["date = '2024-08-22'", "strike = 3"]], spot: [["date = '2024-08-22'"]] }],
    ["SELECT 1 FROM options o JOIN spot s ON o.date = s.date WHERE s.date = '2024-08-22'", { options: [["date = '2024-08-22'"]], spot: [["date = '2024-08-22'"]] }],
    // What a LEFT join may leave out is not ruled out by WHERE, but by what it is joined to.
    ["SELECT 1 FROM spot s LEFT JOIN options o ON o.date = s.date AND o.cp = 'CE' WHERE s.date = '2024-08-22' AND o.strike = 3", { spot: [["date = '2024-08-22'"]], options: [["cp = 'CE'", "date = '2024-08-22'"]] }],
    ["SELECT 1 FROM spot s LEFT JOIN options o ON s.date = '2024-08-22' WHERE o.date IS NULL", { spot: [[]], options: [[]] }],
    ["SELECT 1 FROM spot s RIGHT JOIN options o ON o.date = s.date WHERE o.date = '2024-08-22' AND s.date = '2024-08-22'", { spot: [[]], options: [[]] }],
    ["SELECT 1 FROM spot s FULL JOIN options o ON o.date = '2024-08-22'", { spot: [[]], options: [[]] }],
    ["SELECT 1 FROM spot POSITIONAL JOIN options WHERE cp = 'CE'", { spot: [[]], options: [[]] }],
    // ASOF takes one row of many: WHERE comes after it.
    ["SELECT 1 FROM options o ASOF JOIN spot s ON o.time >= s.time WHERE s.date = '2024-08-22' AND o.date = '2024-08-22'", { options: [["date = '2024-08-22'"]], spot: [[]] }],
    ["SELECT 1 FROM spot WHERE date = '2024-08-22' UNION ALL SELECT 1 FROM spot WHERE date = '2024-08-23'", { spot: [["date = '2024-08-22'"], ["date = '2024-08-23'"]] }],
    ["WITH o AS (SELECT * FROM options WHERE strike = 3) SELECT * FROM o WHERE date = '2024-08-22'", { options: [["strike = 3"]] }],
    ["SELECT 1 FROM spot s WHERE EXISTS (SELECT 1 FROM options o WHERE o.date = s.date AND o.cp = 'CE')", { spot: [[]], options: [["cp = 'CE'"]] }],
    ["SELECT count(*) FILTER (WHERE date = '2024-08-22') FROM spot", { spot: [[]] }],
    ["FROM spot SELECT price WHERE date = '2024-08-22'", { spot: [["date = '2024-08-22'"]] }],
    ["SELECT price FROM spot WHERE date IS DISTINCT FROM '2024-08-22' -- AND date = 'x'", { spot: [["date is distinct from '2024-08-22'"]] }],
    ["SELECT 'FROM options' AS options /* FROM options */", {}],
    // A column that is called as a view is none.
    ["SELECT time, spot, straddle FROM atm WHERE date = '2024-08-22' AND spot > 1 ORDER BY avg(spot)", { atm: [["date = '2024-08-22'"]] }],
    ["SELECT count(*) days FROM options WHERE strike = 3 GROUP BY cp ORDER BY days", { options: [["strike = 3"]] }],
    ["SELECT a.spot - s.price FROM atm a JOIN spot s USING (date, second) WHERE date = '2024-08-22'", { atm: [["date = '2024-08-22'"]], spot: [["date = '2024-08-22'"]] }],
    ["SELECT count(*) FROM (TABLE spot)", { spot: [[]] }],
    ["SELECT count(*) FROM (spot s JOIN days d USING (date)), ((options o JOIN contracts c ON true) JOIN atm ON true)", { spot: [[]], days: [[]], options: [[]], contracts: [[]], atm: [[]] }],
    ["DESCRIBE options", { options: [] }],
    ["SUMMARIZE spot", { spot: [[]] }],
    ["SELECT CASE WHEN price > 1 AND date = '2024-08-22' THEN 1 END FROM spot WHERE CASE WHEN date = '2024-08-22' AND true THEN false ELSE true END", { spot: [["case when date = '2024-08-22' and true then false else true end"]] }],
  ])("%s", (sql, expected) => expect(conditions(sql)).toEqual(expected));
});

describe("which columns a statement may read", () => {
  it.each(["SELECT * FROM spot", "SELECT s.* FROM spot s", "SELECT price, * EXCLUDE (date) FROM spot", "FROM spot", "TABLE spot", "SELECT s FROM spot s", "SELECT COLUMNS('p.*') FROM spot", "SELECT price FROM spot NATURAL JOIN days", "SUMMARIZE spot"])(
    "all: %s", (sql) => expect(names(sql)).toBeUndefined(),
  );
  it.each([["SELECT count(*) FROM spot WHERE price * 2 > 3", "price"], ['SELECT "Price" FROM spot', "price"], ["SELECT max(price) * 2 FROM spot", "price"]])("some: %s", (sql, name) => {
    expect(names(sql)).toContain(name);
    expect(names(sql)).not.toContain("quality");
  });
});

describe("what is no question", () => {
  it.each([
    ["", "there is no query"], ["DROP VIEW spot", "only questions"], ["SELECT 1; DROP VIEW spot", "one statement at a time"], ["SET memory_limit = '9GB'", "only questions"],
    ["COPY (SELECT 1) TO 'x.csv'", "only questions"], ["INSTALL httpfs", "only questions"], ["ATTACH 'x.db'", "only questions"], ["PRAGMA database_list", "only questions"],
    ["WITH a AS (SELECT 1) INSERT INTO b SELECT * FROM a", "changes something"], ["EXPLAIN ANALYZE DELETE FROM a", "changes something"], ["SELECT 'open", "no closing '"], ["SELECT (1", "is not closed"], ["SELECT 1)", "closes nothing"],
  ])("%s", (sql, words) => expect(() => readStatement(sql)).toThrow(words));

  it("takes one statement with a semicolon behind it", () => expect(readStatement(" SELECT 1 ;; ").sql).toBe(" SELECT 1"));
});
