import { buildKernels } from "../scripts/build-kernels.mjs";

/** Tests run the compiled kernels, never a stand-in. */
export default async function setup(): Promise<void> {
  await buildKernels();
}
