/** The command line. Results to stdout, messages to stderr; exit status 0 done, 1 the run failed, 2 arguments or strategy wrong. */
import { Command, CommanderError, Option } from "commander";
import { engineVersion } from "../pool/engine-version.ts";
import { catalogueCommand, type CatalogueOptions } from "./catalogue-command.ts";
import { checkCommand } from "./check-command.ts";
import { EXIT, UsageError } from "./exit.ts";
import { explainCommand, type ExplainOptions } from "./explain-command.ts";
import { commaList, DEFAULT_WORKERS, layoutOption, paramOption, wholeNumber, zoneOption } from "./options.ts";
import { runCommand, type RunOptions } from "./run-command.ts";
import { sampleCommand, seedOption, type SampleOptions } from "./sample-command.ts";
import { say, sayOver } from "./words.ts";

let status: number = EXIT.done;

const program = new Command("straddle")
  .description("Backtests option strategies over a folder of Parquet files.")
  .version(engineVersion)
  .exitOverride()
  .showHelpAfterError("(--help lists the commands and options)");

program
  .command("run")
  .description("run a strategy over a folder of data")
  .argument("<strategy>", "YAML or JSON file")
  .requiredOption("--data <dir>", "folder that holds the Parquet files; it is only read")
  .option("--out <dir>", "folder for trades.csv, trades.parquet, summary.json, skips.csv, sample.json and run.json")
  .option("--from <date>", "first date, YYYY-MM-DD")
  .option("--to <date>", "last date, YYYY-MM-DD")
  .option("--days <list>", "weekdays, Mon,Tue", commaList)
  .option("--window <list>", "windows of the day, 09:15-09:20", commaList)
  .option("--set <name=value>", "value of a parameter; may be repeated", paramOption)
  .option("--workers <n>", "days run at the same time", wholeNumber(1), DEFAULT_WORKERS)
  .addOption(new Option("--reader <name>", "what reads the Parquet files").choices(["parquet-wasm", "duckdb"]).default("parquet-wasm"))
  .option("--zone <layout=zone>", "clock zone of a layout, ist-wall or utc; may be repeated", zoneOption)
  .option("--layout <symbol=layout>", "layout that answers for a symbol where two hold the same; may be repeated", layoutOption)
  .option("--json", "print the summary as one JSON object")
  .action(async (strategy: string, options: RunOptions) => {
    status = await runCommand(strategy, options);
  });

program
  .command("explain")
  .description("tell what a strategy did on one day, second by second")
  .argument("<strategy>", "YAML or JSON file")
  .requiredOption("--data <dir>", "folder that holds the Parquet files; it is only read")
  .requiredOption("--date <date>", "the day, YYYY-MM-DD")
  .option("--variant <name>", "which variant of a sweep, v1, v2, …; default the first")
  .option("--set <name=value>", "value of a parameter; may be repeated", paramOption)
  .option("--zone <layout=zone>", "clock zone of a layout, ist-wall or utc; may be repeated", zoneOption)
  .option("--layout <symbol=layout>", "layout that answers for a symbol where two hold the same; may be repeated", layoutOption)
  .action(async (strategy: string, options: ExplainOptions) => {
    status = await explainCommand(strategy, options);
  });

program
  .command("catalogue")
  .description("say what is in a folder of data")
  .requiredOption("--data <dir>", "folder that holds the Parquet files; it is only read")
  .option("--zone <layout=zone>", "clock zone of a layout, ist-wall or utc; may be repeated", zoneOption)
  .option("--layout <symbol=layout>", "layout that answers for a symbol where two hold the same; may be repeated", layoutOption)
  .option("--json", "print one JSON object")
  .action((options: CatalogueOptions) => catalogueCommand(options));

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
  .action((strategy: string) => checkCommand(strategy));

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
  if (error instanceof Error && error.name === "ChoiceNeeded") say("On the command line: --zone LAYOUT=ist-wall or --zone LAYOUT=utc for clocks, --layout SYMBOL=LAYOUT for layouts.");
  return EXIT.failed;
}
