import { createMemo } from "solid-js";
import { formatClock } from "../../../core/time.ts";
import type { ReplayedDay } from "../../session/replay-session.ts";
import { useSession } from "../../session/session.ts";
import { MISSING, price } from "../../ui/format.ts";
import { VirtualTable, type TableColumn } from "../../ui/VirtualTable.tsx";
import { ATM_HINT, atmText } from "../moments.ts";
import { dayDecisions, type DayDecision } from "./decisions.ts";

const atmOf = ({ inputs }: DayDecision) => (inputs ? atmText(inputs) : MISSING);

/** Every decision and fill of the day with its inputs; a row goes to its second. */
export function DayDecisions(props: { day: ReplayedDay }) {
  const { replay } = useSession();
  const rows = createMemo(() => dayDecisions(props.day.outcome.sample, props.day.recording));
  const columns = createMemo((): TableColumn[] => [
    { header: "IST", width: 78, text: (row) => formatClock(rows()[row].second) },
    { header: "What", width: 112, text: (row) => rows()[row].what },
    { header: "Leg", width: 44, hint: "Position and leg of the day", text: (row) => rows()[row].leg },
    { header: "Contract", width: 80, text: (row) => rows()[row].legInputs?.contract ?? "" },
    { header: "Spot ₹", width: 80, end: true, text: (row) => price(rows()[row].inputs?.spot ?? null) },
    { header: "ATM", width: 58, end: true, hint: ATM_HINT, text: (row) => atmOf(rows()[row]) },
    { header: "Bid ₹", width: 66, end: true, text: (row) => price(rows()[row].legInputs?.bid ?? null) },
    { header: "Ask ₹", width: 66, end: true, text: (row) => price(rows()[row].legInputs?.ask ?? null) },
    { header: "Age s", width: 48, end: true, hint: "Seconds since the row of that quote", text: (row) => String(rows()[row].legInputs?.quoteAge ?? MISSING) },
    { header: "Why", width: 280, text: (row) => rows()[row].why, title: (row) => rows()[row].why },
  ]);
  /** The last row that is not after the second. */
  const current = () => {
    const at = rows().findLastIndex((row) => row.second <= replay.second());
    return at < 0 ? undefined : at;
  };
  return <VirtualTable label="Decisions" rows={rows().length} columns={columns()} visibleRows={6} current={current()} onChoose={(row) => replay.goTo(rows()[row].second)} empty="Nothing was decided on this day." />;
}
