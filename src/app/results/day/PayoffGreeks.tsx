import { For, Show } from "solid-js";
import type { PayoffMoment } from "../../../core/results/payoff-moment.ts";
import { greeksOf, sumOfGreeks, type PositionGreeks } from "../../../core/results/payoff.ts";
import { MISSING, price, signed } from "../../ui/format.ts";

/** The legs that are on with what they cost, and their Greeks in rupees. */
export function PayoffGreeks(props: { readonly moment: PayoffMoment }) {
  const blind = () => props.moment.legs.filter(({ cp, volatility }) => cp !== "FUT" && Number.isNaN(volatility));
  return (
    <>
      <div class="scroll-x greeks" tabindex="0" role="group" aria-label="Greeks of the position, scrollable">
        <table aria-label="Greeks of the position">
          <thead>
            <tr>
              <th scope="col">Leg</th>
              <th scope="col" class="end" title="Units, negative where sold">Units</th>
              <th scope="col" class="end" title="Filled price, slippage included">Entry ₹</th>
              <th scope="col" class="end" title="Middle of bid and ask">Mid ₹</th>
              <th scope="col" class="end" title="Implied by the mid, percent a year">IV %</th>
              <th scope="col" class="end" title="Rupees for each rupee that the forward rises">Delta</th>
              <th scope="col" class="end" title="Rupees by which delta changes for each rupee that the forward rises">Gamma</th>
              <th scope="col" class="end" title="Rupees a calendar day, all else unchanged">Theta</th>
              <th scope="col" class="end" title="Rupees for each percent that volatility rises">Vega</th>
            </tr>
          </thead>
          <tbody>
            <For each={props.moment.legs}>
              {(leg) => (
                <tr>
                  <th scope="row">{leg.name}</th>
                  <td class="end">{signed(leg.units, 0)}</td>
                  <td class="end">{price(leg.entry * 100)}</td>
                  <td class="end">{Number.isNaN(leg.mid) ? MISSING : price(leg.mid * 100)}</td>
                  <td class="end">{leg.volatility > 0 ? (leg.volatility * 100).toFixed(1) : MISSING}</td>
                  <Greeks of={greeksOf(leg)} />
                </tr>
              )}
            </For>
            <tr class="total">
              <th scope="row" colspan="5">Position</th>
              <Greeks of={sumOfGreeks(props.moment.legs.map(greeksOf))} />
            </tr>
          </tbody>
        </table>
      </div>
      <Show when={blind().length > 0}>
        <p class="notice warn">
          {blind().map(({ name }) => name).join(", ")}: there is no quote yet, or none that any volatility makes. Now and the Greeks are missing; the line at expiry needs neither.
        </p>
      </Show>
    </>
  );
}

function Greeks(props: { readonly of: PositionGreeks }) {
  return (
    <>
      <td class="end">{signed(props.of.delta, 2)}</td>
      <td class="end">{signed(props.of.gamma, 4)}</td>
      <td class="end">{signed(props.of.theta, 0)}</td>
      <td class="end">{signed(props.of.vega, 0)}</td>
    </>
  );
}
