import { createMemo, For, Show } from "solid-js";
import type { TradeLabels } from "../../core/results/labels.ts";
import { EXIT_REASONS, SIDES, type TradeColumns } from "../../core/results/types.ts";
import { contractText } from "../../core/results/trade-text.ts";
import { isTradeOf } from "../../core/results/sample-json.ts";
import { formatClock, isoDate, weekdayName } from "../../core/time.ts";
import { useSession } from "../session/session.ts";
import { arrow, counted, gainClass, held, pnl, price, rupees } from "../ui/format.ts";
import { ATM_HINT, atmText, momentsOf, whyText } from "./moments.ts";
import { ConditionValues, Levels } from "./MomentTables.tsx";
import { NO_SPOT, NO_VALUE } from "./reasons.ts";

/** The chosen trade with what the market showed at each of its decisions and fills, for checking by hand. */
export function TradeDetail(props: { trades: TradeColumns; labels: TradeLabels; trade: number | undefined }) {
  const { run } = useSession();
  const chosen = () => (props.trade !== undefined && props.trade < props.trades.length ? props.trade : undefined);
  const sampled = createMemo(() => {
    const i = chosen();
    if (i === undefined) return undefined;
    return run.results()?.sample.find((trade) => isTradeOf(props.trades, i, trade));
  });
  return (
    <article class="detail" aria-label="Chosen trade" aria-live="polite">
      <Show when={chosen() !== undefined} fallback={<p class="muted">Choose a trade with the mouse, the arrow keys, or J and K.</p>}>
        <Heading trades={props.trades} labels={props.labels} trade={chosen() ?? 0} />
        <div class="body" role="group" aria-label="Inputs, scrollable" tabindex="0">
          <Show when={sampled()} fallback={<p class="muted">Its inputs were not recorded: sampling.first_trades says how many trades are.</p>}>
            {(trade) => (
              <>
                <table aria-label="Inputs of the chosen trade">
                  <thead>
                    <tr>
                      <th scope="col">Moment</th>
                      <th scope="col">IST</th>
                      <th scope="col" class="end">Spot</th>
                      <th scope="col" class="end">Age</th>
                      <th scope="col" class="end" title={ATM_HINT}>ATM</th>
                      <th scope="col">Contract</th>
                      <th scope="col" class="end">Bid</th>
                      <th scope="col" class="end">Ask</th>
                      <th scope="col" class="end">Age</th>
                      <th scope="col" class="end">Spread</th>
                      <th scope="col" class="end">Last</th>
                      <th scope="col" class="end">Before slippage</th>
                      <th scope="col" class="end">P&L</th>
                      <th scope="col">Rule</th>
                    </tr>
                  </thead>
                  <tbody>
                    <For each={momentsOf(trade())}>
                      {(moment) => (
                        <tr>
                          <th scope="row">{moment.name}</th>
                          <td>{formatClock(moment.inputs.second)}</td>
                          <td class="end" title={moment.inputs.spot === null ? NO_SPOT : undefined}>{price(moment.inputs.spot)}</td>
                          <td class="end">{seconds(moment.inputs.spotAge)}</td>
                          <td class="end">{atmText(moment.inputs)}</td>
                          <td>{moment.leg?.contract ?? "—"}</td>
                          <td class="end" title={moment.leg ? undefined : NO_VALUE}>{price(moment.leg?.bid ?? null)}</td>
                          <td class="end">{price(moment.leg?.ask ?? null)}</td>
                          <td class="end">{seconds(moment.leg?.quoteAge ?? null)}</td>
                          <td class="end">{ticks(moment.leg?.spreadTicks ?? null)}</td>
                          <td class="end">{price(moment.leg?.price ?? null)}</td>
                          <td class="end">{moment.beforeSlippage === undefined ? "" : price(moment.beforeSlippage)}</td>
                          <td class="end">{moment.inputs.pnl === null ? "" : pnl(moment.inputs.pnl)}</td>
                          <td>{whyText(moment)}</td>
                        </tr>
                      )}
                    </For>
                  </tbody>
                </table>
                <ConditionValues moments={momentsOf(trade())} />
                <Levels moments={momentsOf(trade())} />
              </>
            )}
          </Show>
        </div>
      </Show>
    </article>
  );
}

function Heading(props: { trades: TradeColumns; labels: TradeLabels; trade: number }) {
  const t = () => props.trades;
  const i = () => props.trade;
  const net = () => t().pnl[i()] - t().fees[i()];
  return (
    <header>
      <strong>
        {SIDES[t().side[i()]]} {counted(t().lots[i()], "lot")} × {t().qty[i()] / t().lots[i()]} {contractText(props.labels.symbols[t().variant[i()]], t().strike[i()], t().cp[i()])}
      </strong>
      <span>
        {weekdayName(t().date[i()])} {isoDate(t().date[i()])}, expiry {isoDate(t().expiry[i()])}
      </span>
      <span>
        {price(t().entryPx[i()])} → {price(t().exitPx[i()])}
      </span>
      <span class={gainClass(net())}>
        {arrow(net())} {pnl(net())} after {rupees(t().fees[i()])} fees
      </span>
      <span class="muted">
        {EXIT_REASONS[t().reasonExit[i()]]}, held {held(t().tsExit[i()] - t().tsEntry[i()])}
      </span>
    </header>
  );
}

const seconds = (age: number | null) => (age === null ? "—" : `${age} s`);
const ticks = (spread: number | null) => (spread === null ? "—" : `${spread} t`);
