import { openBrokerFolder } from "../data/folder-broker.ts";
import { openBrowserFolder } from "../data/folder-browser.ts";
import { openHttpFolder } from "../data/folder-http.ts";
import type { Folder } from "../data/ports.ts";
import type { SourceDescriptor } from "./protocol.ts";

/** The granted folder behind a descriptor, in a worker of the browser. */
export async function openSource(source: SourceDescriptor): Promise<Folder> {
  switch (source.kind) {
    case "handle":
      return openBrowserFolder(source.handle);
    case "broker":
      return openBrokerFolder(source.name, source.paths, source.port);
    case "http":
      return openHttpFolder(source.name, source.manifest);
    case "node":
      throw new Error(`The folder ${source.root} can be read by the command line only`);
  }
}
