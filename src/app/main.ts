/**
 * What a page begins with takes long enough together to hold its thread up: the schemas, the market rules, the page's own modules and
 * the first drawing are a task each.
 */
await import("../core/strategy/condition-schema.ts");
await import("../core/strategy/schema.ts");
await import("../core/market/rules.ts");
const { start } = await import("./start.tsx");
setTimeout(start);

export {};
