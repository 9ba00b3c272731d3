import { For } from "solid-js";
import { DIRECTIONS } from "../../core/studies/directions.ts";
import { figure } from "../../core/studies/exception-words.ts";
import { dimensionWords } from "../../core/studies/labels.ts";
import { groupWords, type DirectionRow, type Group, type StatisticRow } from "../../core/studies/report.ts";
import type { Study } from "../../core/studies/schema.ts";
import { count, percent } from "../ui/format.ts";

/** The same window once more for each weekday, decile and whatever else the study groups by. */
export function StudyGroups(props: { study: Study; directions: readonly DirectionRow[]; statistics: readonly StatisticRow[] }) {
  const stats = (group: Group, metric: "return" | "range" | "rv") =>
    props.statistics.find((row) => row.metric === metric && row.group.by === group.by && row.group.label === group.label)!.stats;
  return (
    <div class="stack">
      <For each={props.study.by}>
        {(by) => (
          <div class="scroll-x" tabindex="0" role="group" aria-label={`By ${dimensionWords(by)}, scrollable`}>
            <table class="plain" aria-label={`By ${dimensionWords(by)}`}>
              <thead>
                <tr>
                  <th scope="col">{dimensionWords(by)}</th>
                  <th scope="col" class="end">n</th>
                  <For each={DIRECTIONS}>{(direction) => <th scope="col" class="end">{direction}</th>}</For>
                  <th scope="col" class="end">interval of up</th>
                  <th scope="col" class="end">mean return</th>
                  <th scope="col" class="end">median return</th>
                  <th scope="col" class="end">std. dev.</th>
                  <th scope="col" class="end">median range</th>
                  <th scope="col" class="end">median rv</th>
                </tr>
              </thead>
              <tbody>
                <For each={props.directions.filter(({ group }) => group.by === by)}>
                  {({ group, n, directions }) => (
                    <tr>
                      <th scope="row">{groupWords(group)}</th>
                      <td class="end">{count(n)}</td>
                      <For each={DIRECTIONS}>{(direction) => <td class="end">{percent(directions[direction].share)}</td>}</For>
                      <td class="end muted">{directions.up.share === null ? "—" : `${percent(directions.up.low)} to ${percent(directions.up.high)}`}</td>
                      <td class="end">{figure("return", stats(group, "return").mean)}</td>
                      <td class="end">{figure("return", stats(group, "return").median)}</td>
                      <td class="end">{figure("return", stats(group, "return").sd)}</td>
                      <td class="end">{figure("range", stats(group, "range").median)}</td>
                      <td class="end">{figure("rv", stats(group, "rv").median)}</td>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
          </div>
        )}
      </For>
    </div>
  );
}
