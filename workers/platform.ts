/** What workers ask of the machine they run on: the browser or Node. */
import type { CacheFolder } from "../src/data/hot/cache-folder.ts";
import type { Folder, ReaderName, RowReader } from "../src/data/ports.ts";
import type { CopyTarget } from "../src/data/reshape/copy-target.ts";
import type { CopyTargetDescriptor, SourceDescriptor } from "../src/pool/protocol.ts";

export interface WorkerPlatform {
  openSource(source: SourceDescriptor): Promise<Folder>;
  /** The compiled kernels. */
  loadKernels(): Promise<WebAssembly.Module>;
  /** Loads the reader's own module only when it is asked for. */
  loadReader(name: ReaderName): Promise<RowReader>;
  /** The folder that a copy is written into. */
  openTarget(target: CopyTargetDescriptor): CopyTarget;
  /** Where what was read is kept for the next run. */
  openCache(): CacheFolder;
}
