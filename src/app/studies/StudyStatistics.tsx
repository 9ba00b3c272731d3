import { For } from "solid-js";
import { figure } from "../../core/studies/exception-words.ts";
import { STUDY_METRICS } from "../../core/studies/metrics.ts";
import type { StatisticRow } from "../../core/studies/report.ts";
import { count, ratio } from "../ui/format.ts";

const FIGURES = ["mean", "median", "sd", "mad", "iqr"] as const;
const HEADS = { mean: "Mean", median: "Median", sd: "Std. dev.", mad: "MAD", iqr: "IQR" } as const;

/** Every metric of a window over all days, median beside mean. */
export function StudyStatistics(props: { rows: readonly StatisticRow[] }) {
  return (
    <div class="scroll-x" tabindex="0" role="group" aria-label="Statistics, scrollable">
      <table class="plain" aria-label="Statistics">
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col" class="end">n</th>
            <For each={FIGURES}>{(name) => <th scope="col" class="end">{HEADS[name]}</th>}</For>
            <th scope="col" class="end">Skew</th>
            <th scope="col" class="end">Min</th>
            <th scope="col" class="end">Max</th>
            <th scope="col" class="end" title="Outliers by the median absolute deviation">Out. MAD</th>
            <th scope="col" class="end" title="Outliers by the quartile range">Out. IQR</th>
            <th scope="col" title="Whether the mean is further than k · MAD from the median">Mean and median</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.rows}>
            {({ metric, stats, divergence, outliersMad, outliersIqr }) => (
              <tr>
                <th scope="row" title={STUDY_METRICS[metric].help}>{metric.replaceAll("_", " ")}</th>
                <td class="end">{count(stats.n)}</td>
                <For each={FIGURES}>{(name) => <td class="end">{figure(metric, stats[name])}</td>}</For>
                <td class="end">{ratio(stats.skew)}</td>
                <td class="end">{figure(metric, stats.min)}</td>
                <td class="end">{figure(metric, stats.max)}</td>
                <td class="end">{count(outliersMad)}</td>
                <td class="end">{count(outliersIqr)}</td>
                <td class={divergence ? "warn-text" : "muted"}>{stats.n === 0 ? "—" : divergence ? "⚠ diverge" : "agree"}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
}
