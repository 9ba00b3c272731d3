import { For, Show } from "solid-js";
import { recordedName } from "../../../core/engine/day-recording.ts";
import { formatClock } from "../../../core/time.ts";
import type { ReplayedDay } from "../../session/replay-session.ts";
import { useSession } from "../../session/session.ts";
import { gainClass, MISSING, pnl, price } from "../../ui/format.ts";
import { TRUTH } from "./truth.ts";

/** Everything that was known in the second that is being looked at. */
export function DayReadout(props: { day: ReplayedDay }) {
  const { replay } = useSession();
  const recording = () => props.day.recording;
  const s = () => Math.min(recording().seconds - 1, Math.max(0, replay.second() - recording().open));
  /** The levels that rise with the peak, where it has reached them. */
  const rising = () => (["trail", "lock"] as const).flatMap((rule) => (Number.isNaN(props.day.path[rule][s()]) ? [] : [`${rule} ${pnl(Math.round(props.day.path[rule][s()]))}`])).join(", ");
  const money = (value: number) => price(value === 0 || Number.isNaN(value) ? null : value);
  return (
    <div class="scroll-x readout" tabindex="0" role="group" aria-label="The second, scrollable">
      <table aria-label="The second">
        <thead>
          <tr>
            <th scope="col">{formatClock(replay.second())}</th>
            <th scope="col" class="end">Bid</th>
            <th scope="col" class="end">Ask</th>
            <th scope="col" class="end">Last</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Spot</th>
            <td class="end">{MISSING}</td>
            <td class="end">{MISSING}</td>
            <td class="end">{money(recording().spot[s()])}</td>
          </tr>
          <For each={recording().contracts}>
            {(contract) => (
              <tr>
                <th scope="row">{recordedName(contract)}</th>
                <td class="end">{money(contract.bid[s()])}</td>
                <td class="end">{money(contract.ask[s()])}</td>
                <td class="end">{money(contract.price[s()])}</td>
              </tr>
            )}
          </For>
          <tr>
            <th scope="row">P&L before fees</th>
            <td class={`end ${gainClass(props.day.path.pnl[s()]) ?? ""}`}>{pnl(Math.round(props.day.path.pnl[s()]))}</td>
            <td class="end" title="Where the stop-loss closes it">{Number.isNaN(props.day.path.stop[s()]) ? "" : `stop ${pnl(props.day.path.stop[s()])}`}</td>
            <td class="end" title="Where the target closes it">{Number.isNaN(props.day.path.target[s()]) ? "" : `target ${pnl(props.day.path.target[s()])}`}</td>
          </tr>
          <Show when={rising()}>
            {(levels) => (
              <tr>
                <th scope="row">Closes at</th>
                <td class="end" colspan="3">{levels()}</td>
              </tr>
            )}
          </Show>
          <For each={recording().metrics}>
            {(metric) => (
              <tr>
                <th scope="row" title={metric.words}>{metric.words}</th>
                <td class="end" colspan="3">{Number.isNaN(metric.values[s()]) ? MISSING : Number(metric.values[s()].toPrecision(8))}</td>
              </tr>
            )}
          </For>
          <Show when={recording().signal}>
            {(signal) => (
              <tr>
                <th scope="row" title={signal().words}>Entry condition</th>
                <td class="end" colspan="3">{TRUTH[signal().truth[s()]]}</td>
              </tr>
            )}
          </Show>
        </tbody>
      </table>
    </div>
  );
}
