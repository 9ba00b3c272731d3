/** Queries that are asked of the views here and of native DuckDB: the kinds of question that a trader asks, and every view and join. */
export const CORPUS: readonly string[] = [
  "SELECT count(*) AS n FROM options",
  "SELECT symbol, expiry, strike, cp, count(*) AS n FROM options GROUP BY ALL",
  "SELECT * EXCLUDE (file, file_row, quality) FROM options WHERE date = DATE '2024-08-20' AND strike = 50700",
  "SELECT date, second, time, price FROM options WHERE strike = 50700 AND cp = 'CE' AND date = '2024-08-20'",
  "SELECT expiry, strike, cp, max(price) - min(price) AS range FROM options WHERE date = DATE '2024-08-20' AND price > 0 GROUP BY ALL",
  "SELECT cp, avg(sp0 - bp0) AS spread, median(sp0 - bp0) AS middle FROM options WHERE bp0 > 0 AND sp0 > bp0 AND second BETWEEN 33300 AND 34200 GROUP BY cp",
  "SELECT date, count(*) AS n, count(DISTINCT strike) AS strikes FROM options WHERE cp = 'PE' GROUP BY date ORDER BY date",
  "SELECT expiry, strike, first(price ORDER BY time, file_row) AS opened, last(price ORDER BY time, file_row) AS closed FROM options WHERE date = '2024-08-21' AND second >= 33300 AND second < 55800 AND price > 0 AND cp = 'CE' GROUP BY ALL",
  "SELECT date, max(volume) AS volume, max(oi) AS oi FROM options WHERE strike BETWEEN 50500 AND 50900 GROUP BY date",
  "SELECT count(*) AS n FROM options WHERE date IS NULL",
  "SELECT count(*) AS n FROM options WHERE quality = 0",
  "SELECT quality, count(*) AS n FROM options GROUP BY quality",
  "SELECT date, expiry, strike, cp, second, price, bp0, sp0 FROM options WHERE quality & 96 > 0",
  "SELECT file_row, time, timestamp, ts FROM options WHERE quality & 3 > 0",
  "SELECT date, quality, count(*) AS n FROM spot GROUP BY ALL",
  "SELECT expiry, quality, count(*) AS n FROM futures GROUP BY ALL",
  "SELECT quality & 16 AS twice, quality & 8 AS late, quality & 2048 AS falls, count(*) AS n FROM options GROUP BY ALL",
  "SELECT date, min(price) AS low, max(price) AS high FROM spot WHERE price > 0 AND second BETWEEN 33300 AND 55799 GROUP BY date",
  "SELECT date, second // 900 AS bucket, arg_min(price, time) AS opened, arg_max(price, time) AS closed FROM spot WHERE second >= 33300 AND second < 55800 GROUP BY ALL",
  "SELECT date, stddev_samp(price) AS deviation, skewness(price) AS skew FROM spot WHERE price > 0 GROUP BY date",
  "SELECT o.date, o.second, o.price, s.price AS spot FROM options o ASOF JOIN spot s ON o.symbol = s.symbol AND o.date = s.date AND o.time >= s.time WHERE o.date = '2024-08-20' AND o.strike = 50700 AND o.cp = 'PE' AND o.second > 33300",
  "SELECT c.second, c.price + p.price AS straddle FROM options c JOIN options p USING (symbol, expiry, strike, date, second) WHERE c.cp = 'CE' AND p.cp = 'PE' AND c.strike = 50700 AND c.date = DATE '2024-08-20'",
  "SELECT s.date, count(o.price) AS n FROM spot s LEFT JOIN options o ON o.date = s.date AND o.second = s.second AND o.strike = 50700 AND o.cp = 'CE' GROUP BY s.date",
  "WITH near AS (SELECT date, min(expiry) AS expiry FROM options WHERE expiry >= date GROUP BY date) SELECT o.date, o.expiry, count(*) AS n FROM options o JOIN near USING (date, expiry) GROUP BY ALL",
  "SELECT count(*) AS n FROM options WHERE date = expiry",
  "SELECT date, count(*) AS n FROM options WHERE dayofweek(date) = 1 GROUP BY date",
  "SELECT date, count(*) AS n FROM options WHERE expiry - date <= 1 GROUP BY date",
  "SELECT count(*) AS n FROM options WHERE strike % 500 = 0 AND cp IN ('CE', 'PE')",
  "SELECT count(*) AS n FROM options WHERE strike = 50700 OR (cp = 'PE' AND date = '2024-08-21')",
  "SELECT count(*) AS n FROM options WHERE NOT (date < '2024-08-21')",
  "SELECT count(*) AS n FROM options WHERE CASE WHEN cp = 'CE' THEN strike > 50700 ELSE strike < 50700 END",
  "SELECT count(*) AS n FROM options WHERE symbol = 'NIFTY'",
  "SELECT count(*) AS n FROM options WHERE strike = (SELECT max(strike) FROM options WHERE cp = 'PE')",
  "SELECT count(*) AS n FROM options o WHERE EXISTS (SELECT 1 FROM spot s WHERE s.date = o.date AND s.second = o.second AND s.price > 50000)",
  "SELECT strike, price, lag(price) OVER (PARTITION BY expiry, strike, cp ORDER BY time) AS before FROM options WHERE date = '2024-08-20' AND second BETWEEN 36000 AND 36020",
  "SELECT * FROM (SELECT strike, cp, price, row_number() OVER (PARTITION BY expiry, strike, cp ORDER BY time DESC) AS place FROM options WHERE date = '2024-08-19') WHERE place = 1",
  "SELECT strike, time FROM options WHERE date = '2024-08-20' QUALIFY row_number() OVER (PARTITION BY strike, cp, expiry ORDER BY time) = 1",
  "SELECT date, count(*) AS n FROM options WHERE date BETWEEN '2024-08-20' AND '2024-08-21' GROUP BY date HAVING count(*) > 10",
  "SELECT 'spot' AS what, count(*) AS n FROM spot UNION ALL SELECT 'options', count(*) FROM options UNION ALL SELECT 'futures', count(*) FROM futures",
  "SELECT expiry, date, count(*) AS n, max(price) AS high FROM futures GROUP BY ALL",
  "SELECT f.second, f.price - s.price AS basis FROM futures f JOIN spot s USING (symbol, date, second) WHERE f.date = '2024-08-21' AND f.second % 60 = 0",
  "SELECT DISTINCT strike FROM options WHERE date = '2024-08-19' ORDER BY strike DESC LIMIT 3",
  "SELECT sum((bq0 + bq1 + bq2 + bq3 + bq4) - (sq0 + sq1 + sq2 + sq3 + sq4)) AS balance FROM options WHERE date = '2024-08-20' AND strike = 50700",
  "SELECT lastTradeTime, count(*) AS n FROM options WHERE date = '2024-08-20' AND strike = 50700 AND cp = 'CE' GROUP BY ALL",
  "SELECT expiry, count(DISTINCT strike) AS strikes, min(strike) AS lowest, max(strike) AS highest FROM contracts GROUP BY expiry",
  "SELECT c.expiry, c.strike, c.cp FROM contracts c WHERE NOT EXISTS (SELECT 1 FROM options o WHERE o.expiry = c.expiry AND o.strike = c.strike AND o.cp = c.cp)",
  "FROM spot SELECT date, count(*) AS n WHERE second < 33300 GROUP BY date",
];

const SECONDS = "SELECT CAST(range AS INTEGER) AS second FROM range(33300, 55800)";
const SESSION = "date = '2024-08-20' AND second >= 33300 AND second < 55800";
const LAST = "QUALIFY row_number() OVER (PARTITION BY second ORDER BY time DESC, file DESC, file_row DESC) = 1";
/** The grid of semantics §2: at each second the latest valid value of rows. */
const latest = (from: string, valid: string, columns: string): string => `(SELECT second, ${columns} FROM ${from} WHERE ${valid} AND ${SESSION} ${LAST})`;
const QUOTE = "bp0 > 0 AND sp0 > bp0 AND isfinite(bp0) AND isfinite(sp0)";
const PRICE = "price > 0 AND isfinite(price)";

/** What it is, the query, and native SQL that works the same out of the rows. */
export const DAY_CORPUS: readonly (readonly [string, string, string])[] = [
  [
    "the price and the quote of a contract by second",
    "SELECT second, price, bid, ask FROM micro WHERE date = '2024-08-20' AND strike = 50700 AND cp = 'CE' AND expiry = '2024-08-21'",
    `WITH own AS (SELECT * FROM options WHERE strike = 50700 AND cp = 'CE' AND expiry = '2024-08-21')
     SELECT s.second, p.price, q.bp0, q.sp0 FROM (${SECONDS}) s ASOF LEFT JOIN ${latest("own", PRICE, "round(price, 2) AS price")} p ON s.second >= p.second ASOF LEFT JOIN ${latest("own", QUOTE, "round(bp0, 2) AS bp0, round(sp0, 2) AS sp0")} q ON s.second >= q.second`,
  ],
  [
    "the returns of spot",
    "SELECT second, round(ret, 9) AS ret FROM micro WHERE date = '2024-08-20' AND strike IS NULL",
    `SELECT s.second, round((p.price / lag(p.price) OVER (ORDER BY s.second) - 1) * 100, 9) FROM (${SECONDS}) s ASOF LEFT JOIN ${latest("spot", PRICE, "round(price, 2) AS price")} p ON s.second >= p.second`,
  ],
  [
    "spot and the strike at the money",
    "SELECT second, spot, ce_strike FROM atm WHERE date = '2024-08-20'",
    `WITH listed AS (SELECT DISTINCT strike FROM options WHERE expiry = '2024-08-21' AND ${SESSION}), calls AS (SELECT DISTINCT strike FROM options WHERE cp = 'CE' AND expiry = '2024-08-21' AND ${SESSION}),
       spots AS (SELECT s.second, p.price, p.second AS since FROM (${SECONDS}) s ASOF LEFT JOIN ${latest("spot", PRICE, "round(price, 2) AS price")} p ON s.second >= p.second),
       near AS (SELECT s.second, s.price, l.strike AS atm FROM spots s LEFT JOIN listed l ON s.second - s.since <= 30 QUALIFY row_number() OVER (PARTITION BY s.second ORDER BY abs(l.strike - s.price), l.strike) = 1)
     SELECT n.second, n.price, c.strike FROM near n LEFT JOIN calls c ON abs(c.strike - n.atm) <= 200 QUALIFY row_number() OVER (PARTITION BY n.second ORDER BY abs(c.strike - n.atm), abs(c.strike - n.price), c.strike) = 1`,
  ],
  [
    "gap, range and what the day before was",
    "SELECT date, open, high, low, close, round(gap, 9) AS gap, round(range, 9) AS range, prev_close FROM regimes",
    `WITH days AS (SELECT date, arg_min(price, (time, file_row)) AS open, max(price) AS high, min(price) AS low, arg_max(price, (time, file_row)) AS close FROM spot WHERE ${PRICE} AND second >= 33300 AND second < 55800 GROUP BY date)
     SELECT date, open, high, low, close, round((open / lag(close) OVER w - 1) * 100, 9), round((high - low) / open * 100, 9), lag(close) OVER w FROM days WINDOW w AS (ORDER BY date)`,
  ],
];
