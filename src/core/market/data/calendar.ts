import type { CalendarData, SessionHours } from "../rules-data.ts";

const FULL_DAY: SessionHours = { open: "09:15", close: "15:30" };
const BARS_OF_15_MINUTES = "they were read off bars of 15 minutes";
const NO_DOCUMENT = "no document was seen";
const LOWER_CIRCUIT = "trading stood still for 45 minutes at the lower circuit, at clock times that are not known";
const RECOVERY_SITE_DRILL: SessionHours = { open: "09:15", close: "12:30", breaks: [["10:00", "11:30"]] };

export const CALENDAR: CalendarData = {
  from: "2015-01-09",
  to: "2026-12-31",
  regularHours: [
    { from: "2015-01-09", open: "09:15", close: "15:30" },
    { from: "2026-08-03", open: "09:15", close: "15:40" },
  ],
  holidays: {
    2015: ["01-26", "02-17", "03-06", "04-02", "04-03", "04-14", "05-01", "09-17", "09-25", "10-02", "10-22", "11-11", "11-12", "11-25", "12-25"],
    2016: ["01-26", "03-07", "03-24", "03-25", "04-14", "04-15", "04-19", "07-06", "08-15", "09-05", "09-13", "10-11", "10-12", "10-31", "11-14"],
    2017: ["01-26", "02-24", "03-13", "04-04", "04-14", "05-01", "06-26", "08-15", "08-25", "10-02", "10-19", "10-20", "12-25"],
    2018: ["01-26", "02-13", "03-02", "03-29", "03-30", "05-01", "08-15", "08-22", "09-13", "09-20", "10-02", "10-18", "11-07", "11-08", "11-23", "12-25"],
    2019: ["03-04", "03-21", "04-17", "04-19", "04-29", "05-01", "06-05", "08-12", "08-15", "09-02", "09-10", "10-02", "10-08", "10-21", "10-28", "11-12", "12-25"],
    2020: ["02-21", "03-10", "04-02", "04-06", "04-10", "04-14", "05-01", "05-25", "10-02", "11-16", "11-30", "12-25"],
    2021: ["01-26", "03-11", "03-29", "04-02", "04-14", "04-21", "05-13", "07-21", "08-19", "09-10", "10-15", "11-04", "11-05", "11-19"],
    2022: ["01-26", "03-01", "03-18", "04-14", "04-15", "05-03", "08-09", "08-15", "08-31", "10-05", "10-24", "10-26", "11-08"],
    2023: ["01-26", "03-07", "03-30", "04-04", "04-07", "04-14", "05-01", "06-29", "08-15", "09-19", "10-02", "10-24", "11-14", "11-27", "12-25"],
    2024: ["01-22", "01-26", "03-08", "03-25", "03-29", "04-11", "04-17", "05-01", "05-20", "06-17", "07-17", "08-15", "10-02", "11-01", "11-15", "11-20", "12-25"],
    2025: ["02-26", "03-14", "03-31", "04-10", "04-14", "04-18", "05-01", "08-15", "08-27", "10-02", "10-21", "10-22", "11-05", "12-25"],
    2026: ["01-15", "01-26", "03-03", "03-26", "03-31", "04-03", "04-14", "05-01", "05-28", "06-26", "09-14", "10-02", "10-20", "11-10", "11-24", "12-25"],
  },
  specialSessions: [
    { date: "2015-02-28", name: "Budget", hours: FULL_DAY },
    { date: "2015-11-11", name: "Muhurat", hours: { open: "17:30", close: "18:30" }, uncertain: BARS_OF_15_MINUTES },
    { date: "2016-10-30", name: "Muhurat", hours: { open: "18:30", close: "19:30" }, uncertain: BARS_OF_15_MINUTES },
    { date: "2017-10-19", name: "Muhurat", hours: { open: "18:30", close: "19:30" }, uncertain: BARS_OF_15_MINUTES },
    { date: "2018-11-07", name: "Muhurat", hours: { open: "17:30", close: "18:30" }, uncertain: BARS_OF_15_MINUTES },
    { date: "2019-10-27", name: "Muhurat", hours: { open: "18:15", close: "19:15" } },
    { date: "2020-02-01", name: "Budget", hours: FULL_DAY },
    { date: "2020-03-13", name: "Trading halt", hours: FULL_DAY, uncertain: LOWER_CIRCUIT },
    { date: "2020-03-23", name: "Trading halt", hours: FULL_DAY, uncertain: LOWER_CIRCUIT },
    { date: "2020-11-14", name: "Muhurat", hours: { open: "18:15", close: "19:15" } },
    { date: "2021-02-24", name: "Exchange outage", hours: { open: "09:15", close: "17:00", breaks: [["11:40", "15:45"]] }, uncertain: "the index stopped earlier than the exchange, and the clock times are not documented" },
    { date: "2021-11-04", name: "Muhurat", hours: { open: "18:15", close: "19:15" } },
    { date: "2022-10-24", name: "Muhurat", hours: { open: "18:15", close: "19:15" } },
    { date: "2023-11-12", name: "Muhurat", hours: { open: "18:15", close: "19:15" } },
    { date: "2024-01-20", name: "Full Saturday before a closed Monday", hours: FULL_DAY },
    { date: "2024-03-02", name: "Disaster-recovery drill", hours: RECOVERY_SITE_DRILL },
    { date: "2024-05-18", name: "Disaster-recovery drill", hours: RECOVERY_SITE_DRILL },
    { date: "2024-11-01", name: "Muhurat", hours: { open: "18:00", close: "19:00" }, uncertain: NO_DOCUMENT },
    { date: "2025-02-01", name: "Budget", hours: FULL_DAY },
    { date: "2025-10-21", name: "Muhurat", hours: { open: "13:45", close: "14:45" }, uncertain: NO_DOCUMENT },
    { date: "2026-02-01", name: "Budget", hours: FULL_DAY },
    { date: "2026-11-08", name: "Muhurat", hours: null },
  ],
  uncertain: [
    { from: "2024-09-01", to: "2025-12-31", why: "they were checked against files and circulars only in part" },
    { from: "2026-08-24", to: "2026-12-31", why: "circulars after 2026-08-22 are not known" },
  ],
};
