/** The command line. Results to stdout, messages to stderr; exit status 0 done, 1 the run failed, 2 arguments or strategy wrong. */
import { Command, CommanderError, Option } from "commander";
import { engineVersion } from "../pool/engine-version.ts";
import { benchFolderCommand, type BenchFolderOptions } from "./bench-folder-command.ts";
import { cacheCommand, type CacheOptions } from "./cache-command.ts";
import { catalogueCommand, type CatalogueOptions } from "./catalogue-command.ts";
import { checkCommand, type CheckOptions } from "./check-command.ts";
import { compareCommand, type CompareOptions } from "./compare-command.ts";
import { EXIT, PlanRefused, UsageError } from "./exit.ts";
import { explainCommand, type ExplainOptions } from "./explain-command.ts";
import { healthCommand, type HealthOptions } from "./health-command.ts";
import { mergeCommand, type MergeOptions } from "./merge-command.ts";
import { commaList, copyLayoutOption, dateList, dateOption, DEFAULT_CACHE, DEFAULT_WORKERS, kindList, layoutOption, paramOption, symbolList, wholeNumber, zoneOption } from "./options.ts";
import { DEFAULT_ROW_GROUP } from "../core/reshape/options.ts";
import { reshapeCommand, rowGroupOption, type ReshapeCommandOptions } from "./reshape-command.ts";
import { runCommand, type RunOptions } from "./run-command.ts";
import { sampleCommand, seedOption, type SampleOptions } from "./sample-command.ts";
import { sqlCommand, VIEW_NAMES, type SqlOptions } from "./sql-command.ts";
import { studyCommand, type StudyOptions } from "./study-command.ts";
import { verifyCommand, type VerifyOptions } from "./verify-command.ts";
import { say, sayOver } from "./words.ts";

let status: number = EXIT.done;

/** What every command that reads market data may be told of it. */
function overData(command: Command): Command {
  return readingData(command)
    .option("--layout <symbol=layout>", "layout that answers for a symbol where two hold the same; may be repeated", layoutOption)
    .addOption(new Option("--bar-label <end>", "which end of its span a bar's clock is (default: start)").choices(["start", "end"]));
}

function readingData(command: Command): Command {
  return command
    .option("--zone <layout=zone>", "clock zone of a layout, ist-wall or utc; may be repeated", zoneOption)
    .option("--rules <file>", "YAML or JSON file of your own rows over the market rules");
}

const program = new Command("straddle")
  .description("Backtests option strategies over a folder of Parquet files.")
  .version(engineVersion)
  .exitOverride()
  .showHelpAfterError("(--help lists the commands and options)");

overData(
  program
    .command("run")
    .description("run one strategy or several over a folder of data")
    .argument("<strategies...>", "YAML or JSON files, or folders of them")
    .requiredOption("--data <dir>", "folder that holds the Parquet files; it is only read")
    .option("--out <dir>", "folder for trades and positions (.csv, .parquet), summary.json, skips.csv, sample.json and run.json; one below it for each of several strategies")
    .option("--from <date>", "first date, YYYY-MM-DD")
    .option("--to <date>", "last date, YYYY-MM-DD")
    .option("--days <list>", "weekdays, Mon,Tue", commaList)
    .option("--window <list>", "windows of the day, 09:15-09:20", commaList)
    .option("--set <name=value>", "value of a parameter; may be repeated", paramOption)
    .option("--thresholds <file>", "health thresholds: days beyond them are in quarantine and not run")
    .option("--overrule <dates>", "days that run whatever the thresholds say, 2024-08-23,2024-08-26", dateList)
    .option("--workers <n>", "days run at the same time", wholeNumber(1), DEFAULT_WORKERS)
    .option("--cache <gigabytes>", "room for what is kept between runs; 0 keeps and uses nothing", wholeNumber(0), DEFAULT_CACHE)
    .addOption(new Option("--reader <name>", "what reads the Parquet files").choices(["parquet-wasm", "duckdb"]).default("parquet-wasm")),
)
  .option("--json", "print the summary as one JSON object")
  .action(async (strategies: readonly string[], options: RunOptions) => {
    status = await runCommand(strategies, options);
  });

program
  .command("compare")
  .description("put two runs beside each other: figures, what differs in their making, and the trades of one, of the other, and changed")
  .argument("<run-a>", "folder that run --out wrote")
  .argument("<run-b>", "another")
  .option("--variant <names>", "variant to compare, v2; or one of each run, v2,v3; default the first", commaList)
  .option("--json", "print one JSON object, with every trade")
  .action(async (a: string, b: string, options: CompareOptions) => {
    status = await compareCommand(a, b, options);
  });

program
  .command("merge")
  .description("make one run out of partial runs by date of the same strategy")
  .argument("<runs...>", "folders that run --out wrote")
  .requiredOption("--out <dir>", "folder for the files of the whole run")
  .option("--json", "print the summary as one JSON object")
  .action(async (runs: readonly string[], options: MergeOptions) => {
    status = await mergeCommand(runs, options);
  });

overData(
  program
    .command("study")
    .description("count what the market does in windows of the day: how often up or down, by how much, and on which days it was exceptional")
    .argument("<study>", "YAML or JSON file")
    .requiredOption("--data <dir>", "folder that holds the Parquet files; it is only read")
    .option("--out <dir>", "folder for statistics, directions, days and exceptions (.csv, .parquet) and study.json")
    .option("--workers <n>", "days read at the same time", wholeNumber(1), DEFAULT_WORKERS)
    .option("--cache <gigabytes>", "room for what is kept between runs; 0 keeps and uses nothing", wholeNumber(0), DEFAULT_CACHE)
    .addOption(new Option("--reader <name>", "what reads the Parquet files").choices(["parquet-wasm", "duckdb"]).default("parquet-wasm")),
)
  .option("--json", "print the figures as one JSON object")
  .action(async (study: string, options: StudyOptions) => {
    status = await studyCommand(study, options);
  });

overData(
  program
    .command("explain")
    .description("tell what a strategy did on one day, second by second")
    .argument("<strategy>", "YAML or JSON file")
    .requiredOption("--data <dir>", "folder that holds the Parquet files; it is only read")
    .requiredOption("--date <date>", "the day, YYYY-MM-DD")
    .option("--variant <name>", "which variant of a sweep, v1, v2, …; default the first")
    .option("--set <name=value>", "value of a parameter; may be repeated", paramOption),
)
  .action(async (strategy: string, options: ExplainOptions) => {
    status = await explainCommand(strategy, options);
  });

overData(
  program
    .command("verify")
    .description("work out a sample of a run's days anew with the slow reference engine, straight from the Parquet, and try its decisions with the future hidden")
    .argument("<run>", "folder that run --out has written")
    .requiredOption("--data <dir>", "folder that holds the Parquet files; it is only read")
    .option("--sample <n>", "days", wholeNumber(1), 20)
    .option("--seed <n>", "the same seed draws the same days", seedOption),
)
  .option("--json", "print what was found as one JSON object")
  .action(async (run: string, options: VerifyOptions) => {
    status = await verifyCommand(run, options);
  });

overData(
  program
    .command("catalogue")
    .description("say what is in a folder of data")
    .requiredOption("--data <dir>", "folder that holds the Parquet files; it is only read"),
)
  .option("--json", "print one JSON object")
  .action((options: CatalogueOptions) => catalogueCommand(options));

overData(
  program
    .command("health")
    .description("say how sound the data is, day by day: gaps, duplicates, crossed books, bad clocks, missing trading days")
    .requiredOption("--data <dir>", "folder that holds the Parquet files; it is only read")
    .option("--out <dir>", "folder for health.json, health.csv and a report of every day (.json, .csv)")
    .option("--symbol <list>", "only these symbols", symbolList)
    .option("--from <date>", "first date, YYYY-MM-DD", dateOption)
    .option("--to <date>", "last date, YYYY-MM-DD", dateOption)
    .option("--thresholds <file>", "YAML or JSON file that says which days are to be in quarantine")
    .option("--anew", "inspect every day again, also those whose files have not changed")
    .option("--workers <n>", "parts inspected at the same time", wholeNumber(1), DEFAULT_WORKERS),
)
  .option("--json", "print one JSON object")
  .action(async (options: HealthOptions) => {
    status = await healthCommand(options);
  });

readingData(
  program
    .command("reshape")
    .description("copy the data into another layout, or less of it; what is read is never written to")
    .requiredOption("--data <dir>", "folder that holds the Parquet files; it is only read")
    .requiredOption("--out <dir>", "folder for the copy, empty or that of a copy which was interrupted")
    .option("--symbol <list>", "only these symbols", symbolList)
    .option("--from <date>", "first date, YYYY-MM-DD", dateOption)
    .option("--to <date>", "last date, YYYY-MM-DD", dateOption)
    .option("--kind <list>", "only these: option, spot, future, vix", kindList)
    .addOption(new Option("--lean", "only the columns that the language can use").conflicts("allColumns"))
    .option("--all-columns", "every column of the source; this is the default")
    .option("--layout <name>", "of the copy: days (default) or contracts; or SYMBOL=LAYOUT, the layout that answers for a symbol where two hold the same; may be repeated", copyLayoutOption)
    .addOption(new Option("--sort <name>", "order of the rows of a day").choices(["contract", "time"]).default("contract"))
    .option("--row-group <n>", "rows of a row group at most", rowGroupOption, DEFAULT_ROW_GROUP)
    .option("--workers <n>", "parts copied at the same time", wholeNumber(1), DEFAULT_WORKERS),
)
  .option("--json", "print one JSON object")
  .action(async (options: ReshapeCommandOptions) => {
    status = await reshapeCommand(options);
  });

overData(
  program
    .command("bench-folder")
    .description("read ten days of a folder and say how fast, and how long all of it would take")
    .requiredOption("--data <dir>", "folder that holds the Parquet files; it is only read")
    .option("--strategy <file>", "whose contracts to read; default: a straddle struck every hour")
    .option("--workers <n>", "days read at the same time", wholeNumber(1), DEFAULT_WORKERS)
    .addOption(new Option("--reader <name>", "what reads the Parquet files").choices(["parquet-wasm", "duckdb"]).default("parquet-wasm")),
)
  .option("--json", "print one JSON object")
  .action((options: BenchFolderOptions) => benchFolderCommand(options));

overData(
  program
    .command("sql")
    .description(`ask a question in SQL (DuckDB). Views: ${VIEW_NAMES}`)
    .argument("<query>", "SELECT …, or @FILE")
    .requiredOption("--data <dir>", "folder that holds the Parquet files; it is only read")
    .option("--runs <dir>", "folder that run --out has written, for the views runs, trades and positions")
    .option("--memory <megabytes>", "what a query may take", wholeNumber(64), 2_048)
    .option("--files <n>", "files of one view that a query may open", wholeNumber(1), 2_000)
    .option("--workers <n>", "parts of a query answered at the same time", wholeNumber(1), DEFAULT_WORKERS),
)
  .option("--json", "print an array of objects, one per row")
  .option("--csv", "print CSV")
  .action(async (query: string, options: SqlOptions) => {
    status = await sqlCommand(query, options);
  });

program
  .command("cache")
  .description("say what is kept between runs, or remove it")
  .option("--data <dir>", "of this data folder only")
  .option("--clear", "remove it; the next runs read Parquet again")
  .option("--json", "print one JSON object")
  .action((options: CacheOptions) => cacheCommand(options));

program
  .command("sample")
  .description("write a folder of made-up data in the raw layout")
  .requiredOption("--out <dir>", "folder to write to")
  .option("--days <n>", "trading days", wholeNumber(1), 5)
  .option("--seed <n>", "the same seed gives the same files", seedOption, 1)
  .action((options: SampleOptions) => sampleCommand(options));

program
  .command("check")
  .description("read a strategy and say in words what it does; needs no data")
  .argument("<strategy>", "YAML or JSON file")
  .option("--rules <file>", "YAML or JSON file of your own rows over the market rules")
  .action((strategy: string, options: CheckOptions) => checkCommand(strategy, options));

// Who reads has had enough, as `| head` does: nobody is left to tell the rest, and nothing went wrong.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.done);
  throw error;
});

try {
  await program.parseAsync();
  process.exitCode = status;
} catch (error) {
  sayOver("");
  process.exitCode = exitStatus(error);
}

function exitStatus(error: unknown): number {
  // Commander has said its words itself; help and version are no errors.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  say(error instanceof Error ? error.message : String(error));
  if (error instanceof UsageError) return EXIT.usage;
  if (error instanceof PlanRefused && error.choice) say("On the command line: --zone LAYOUT=ist-wall or --zone LAYOUT=utc for clocks, --layout SYMBOL=LAYOUT for layouts.");
  return EXIT.failed;
}
