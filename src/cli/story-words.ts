/** The story of a day as lines: times are IST, money is rupees. */
import { formatRupees, type Paise } from "../core/money.ts";
import { SKIP_WORDS } from "../core/results/skip-words.ts";
import { waitInputWords } from "../core/results/wait-words.ts";
import type { StoryEvent, StoryFill, StoryLeg } from "../core/results/story.ts";
import type { BookLevel, LegInputs, MetricValue, MomentInputs } from "../core/results/types.ts";
import type { Strategy } from "../core/strategy/types.ts";
import { formatClock } from "../core/time.ts";
import { count } from "./words.ts";

const MARGIN = " ".repeat(10);
export function storyLines(events: readonly StoryEvent[], strategy: Strategy): string[] {
  return events.flatMap((event) => eventLines(event, strategy));
}

function eventLines(event: StoryEvent, { fill }: Strategy): string[] {
  const clock = formatClock(event.second);
  const from = formatClock(event.second + fill.latency);
  switch (event.kind) {
    case "entry":
      return [
        `${clock}  position ${event.positionId}: decides to enter (${event.inputs.rule})`,
        ...inputLines(event.inputs, event.legs),
        ...event.legs.map((leg) => `${MARGIN}order: ${orderWords(leg)}, fills from ${from} at the earliest, within ${fill.patience} s${event.legs.length > 1 ? ", all legs in one second" : ""}`),
      ];
    case "armed":
      return [
        `${clock}  ${event.positionId === 0 ? "" : `position ${event.positionId}: `}decides to enter once premiums have moved (${event.inputs.rule})`,
        ...inputLines(event.inputs, event.inputs.legs.filter(({ wait }) => wait !== null)),
      ];
    case "exit":
      return [
        `${clock}  position ${event.positionId}: decides to close (${event.inputs.rule})`,
        ...inputLines(event.inputs, event.legs),
        ...event.legs.map((leg) => `${MARGIN}order: ${orderWords(leg)}, entered at ${formatRupees(leg.entered)}, fills from ${from} on`),
      ];
    case "entry_fill":
      return [`${clock}  position ${event.positionId}: filled`, ...inputLines(event.inputs, event.legs), ...event.legs.map(fillWords)];
    case "exit_fill":
      return [`${clock}  position ${event.positionId}: ${event.stale ? "no fresh quote to the end of the session: closed at its mark" : "closed"}`, ...inputLines(event.inputs, event.legs), ...event.legs.map(fillWords)];
    case "skip": {
      const { first, last, count: seconds, windowId, reason } = event.skip;
      const span = first === last ? clock : `${clock} to ${formatClock(last)} (${count(seconds, "second")})`;
      return [`${span}  no entry in window ${windowId}: ${reason}, ${SKIP_WORDS[reason]}`, ...(event.inputs ? inputLines(event.inputs, []) : [])];
    }
  }
}

function orderWords({ side, lots, quantity, name, legId }: StoryLeg): string {
  return `${side} ${count(lots, "lot")} (${quantity}) ${name} [leg ${legId}]`;
}

function fillWords(fill: StoryFill): string {
  const slipped = fill.price === fill.beforeSlippage ? "" : ` (${formatRupees(fill.beforeSlippage)} before slippage)`;
  const result = fill.pnl === undefined ? "" : `, leg P&L ${signed(fill.pnl)}, fees ${formatRupees(fill.fees ?? 0)}`;
  return `${MARGIN}fill: ${orderWords(fill)} at ${formatRupees(fill.price)}${slipped}${result}`;
}

/** What was looked at: spot, the position's mark, the legs concerned, and the values of the condition. */
function inputLines({ spot, spotAge, atm, atmByName, pnl, legs, held, metrics }: MomentInputs, concerned: readonly Pick<StoryLeg, "legId">[]): string[] {
  const market = spot === null ? "spot —" : `spot ${formatRupees(spot)} (${spotAge} s old), ATM ${atm ?? "—"}${atmByName ? " by name" : ""}`;
  const shown = legs.filter(({ legId }) => concerned.some((leg) => leg.legId === legId));
  return [
    `${MARGIN}${market}${pnl === null ? "" : `, P&L at the marks ${signed(pnl)}`}`,
    ...metrics.map((metric) => `${MARGIN}${metric.metric} = ${valueWords(metric)}`),
    ...held.flatMap((leg) => legLines(leg, " held")),
    ...shown.flatMap((leg) => legLines(leg)),
  ];
}

/** Nine digits tell a paisa of an index, and hide what binary fractions add. */
function valueWords({ name, value }: MetricValue): string {
  if (value === null) return "—";
  return name === "TIME" ? formatClock(value) : String(Number(value.toPrecision(9)));
}

function legLines({ legId, contract, bid, ask, quoteAge, spreadTicks, price, priceAge, levels, wait }: LegInputs, word = ""): string[] {
  const quote = bid === null || ask === null ? "no quote yet" : `bid ${formatRupees(bid)} ask ${formatRupees(ask)}, ${quoteAge} s old, spread ${spreadTicks} ticks`;
  const last = price === null ? "" : `, last ${formatRupees(price)} (${priceAge} s old)`;
  return [
    `${MARGIN}leg ${legId}${word} ${contract}: ${quote}${last}`,
    ...(wait ? [`${MARGIN}  ${waitInputWords(wait)}`] : []),
    ...(levels ?? []).map((level, i) => `${MARGIN}  level ${i + 1}: ${levelWords(level)}`),
  ];
}

function levelWords({ bid, bidQuantity, ask, askQuantity }: BookLevel): string {
  const side = (price: Paise | null, quantity: number | null) => (price === null || quantity === null ? "—" : `${quantity} at ${formatRupees(price)}`);
  return `bid ${side(bid, bidQuantity)}, ask ${side(ask, askQuantity)}`;
}

function signed(paise: Paise): string {
  return paise > 0 ? `+${formatRupees(paise)}` : formatRupees(paise);
}
