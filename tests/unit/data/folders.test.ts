import { createServer } from "node:http";
import type { Server } from "node:http";
import { mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrokerFolder, serveFiles } from "../../../src/data/folder-broker.ts";
import { openBrowserFolder } from "../../../src/data/folder-browser.ts";
import { openHttpFolder } from "../../../src/data/folder-http.ts";
import { openNodeFolder } from "../../../src/data/folder-node.ts";
import { folderOf } from "./parquet-fixture.ts";

const pathsOf = async (folder: { list(): Promise<{ path: string }[]> }): Promise<string[]> => (await folder.list()).map(({ path }) => path);

describe("a folder on disk", () => {
  it("lists Parquet files anywhere below it in path order, hidden and other files left out", async () => {
    const { folder } = await folderOf({ "b/x.parquet": "1", "a.PARQUET": "22", "b/c/y.parq": "3", "B.parquet": "4", "notes.txt": "", ".hidden.parquet": "", ".git/z.parquet": "", "b/._x.parquet": "" });
    expect(await pathsOf(folder)).toEqual(["B.parquet", "a.PARQUET", "b/c/y.parq", "b/x.parquet"]);
    const file = await folder.file("a.PARQUET");
    expect(await file?.stat()).toMatchObject({ size: 2, modified: expect.any(Number) });
    expect(await (await file?.blob())?.text()).toBe("22");
    expect(await folder.file("gone.parquet")).toBeUndefined();
    expect(await folder.file("b")).toBeUndefined();
  });

  it("never leaves the folder, by a link or by dots", async () => {
    const { root, folder } = await folderOf({ "in/x.parquet": "1" });
    const outside = await mkdtemp(join(tmpdir(), "straddle-outside-"));
    await writeFile(join(outside, "secret.parquet"), "2");
    await symlink(outside, join(root, "out"));
    await symlink(join(outside, "secret.parquet"), join(root, "secret.parquet"));
    await symlink(join(root, "in"), join(root, "again"));
    await symlink(root, join(root, "in/loop"));
    await symlink(join(root, "nowhere"), join(root, "broken.parquet"));
    await symlink(join(root, "in/x.parquet"), join(root, "twice.parquet"));
    await writeFile(join(root, "blob"), "3");
    await symlink(join(root, "blob"), join(root, "named.parquet"));
    expect(await pathsOf(folder)).toEqual(["in/x.parquet", "named.parquet"]);
    expect(await folder.file(`../${outside.split("/").at(-1)}/secret.parquet`)).toBeUndefined();
    expect(await folder.file("secret.parquet")).toBeUndefined();
    expect(await folder.file("out/secret.parquet")).toBeUndefined();
    await rm(outside, { recursive: true });
  });

  it("rejects when there is no such folder, and stops when asked", async () => {
    await expect(openNodeFolder("/no/such/folder")).rejects.toThrow(/ENOENT/);
    const { folder } = await folderOf({ "x.parquet": "1" });
    await expect(folder.list(undefined, AbortSignal.abort())).rejects.toThrow(/abort/i);
  });

  it("notices that a file has been renamed away", async () => {
    const { root, folder } = await folderOf({ "x.parquet": "1" });
    await rename(join(root, "x.parquet"), join(root, "y.parquet"));
    expect(await folder.file("x.parquet")).toBeUndefined();
  });
});

/** A granted directory as the browser's interface gives it, over plain objects. */
function directory(name: string, tree: Record<string, unknown>): FileSystemDirectoryHandle {
  const entry = (key: string): unknown => {
    const value = tree[key];
    if (value === undefined) throw new DOMException("not there", "NotFoundError");
    return value instanceof File ? { kind: "file", name: key, getFile: async () => value } : directory(key, value as Record<string, unknown>);
  };
  const wanted = (key: string, kind: string): unknown => {
    const found = entry(key) as { kind: string };
    if (found.kind !== kind) throw new DOMException("another kind", "TypeMismatchError");
    return found;
  };
  return {
    kind: "directory",
    name,
    entries: async function* () {
      for (const key of Object.keys(tree)) yield [key, entry(key)];
    },
    getDirectoryHandle: async (key: string) => wanted(key, "directory"),
    getFileHandle: async (key: string) => wanted(key, "file"),
  } as unknown as FileSystemDirectoryHandle;
}

describe("a folder granted in the browser", () => {
  const tree = { "b.parquet": new File(["12"], "b.parquet", { lastModified: 5 }), a: { "x.parquet": new File(["1"], "x.parquet"), deep: { "y.parquet": new File(["3"], "y.parquet") } }, ".hidden": { "z.parquet": new File([""], "z.parquet") }, "readme.md": new File([""], "readme.md") };

  it("lists and opens files as the folder on disk does", async () => {
    const folder = openBrowserFolder(directory("data", tree));
    expect(folder.name).toBe("data");
    expect(await pathsOf(folder)).toEqual(["a/deep/y.parquet", "a/x.parquet", "b.parquet"]);
    expect(await (await folder.file("b.parquet"))?.stat()).toEqual({ size: 2, modified: 5 });
  });

  it("finds a file by path without listing", async () => {
    const folder = openBrowserFolder(directory("data", tree));
    expect(await (await (await folder.file("a/deep/y.parquet"))?.blob())?.text()).toBe("3");
    expect(await folder.file("a/gone.parquet")).toBeUndefined();
    expect(await folder.file("gone/x.parquet")).toBeUndefined();
    expect(await folder.file("a")).toBeUndefined();
  });

  it("gets a file anew every time, so that a changed one is seen", async () => {
    const changing: Record<string, unknown> = { "x.parquet": new File(["1"], "x.parquet") };
    const file = await openBrowserFolder(directory("data", changing)).file("x.parquet");
    expect((await file?.stat())?.size).toBe(1);
    delete changing["x.parquet"];
    changing["x.parquet"] = new File(["1234"], "x.parquet");
    const again = await openBrowserFolder(directory("data", changing)).file("x.parquet");
    expect((await again?.stat())?.size).toBe(4);
  });

  it("passes on a refusal", async () => {
    const refused = { ...directory("data", {}), getFileHandle: async () => Promise.reject(new DOMException("no", "NotAllowedError")) } as unknown as FileSystemDirectoryHandle;
    await expect(openBrowserFolder(refused).file("x.parquet")).rejects.toThrow("no");
  });

  it("lists many folders and files with bounded work", async () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, d) => [`d${d}`, Object.fromEntries(Array.from({ length: 50 }, (_, f) => [`f${f}.parquet`, new File([], "f")]))]));
    const seen: number[] = [];
    const files = await openBrowserFolder(directory("data", many)).list((found) => seen.push(found));
    expect(files).toHaveLength(10_000);
    expect(seen.at(-1)).toBe(10_000);
    expect(seen.length).toBeLessThan(30);
  });

  it("stops when asked", async () => {
    await expect(openBrowserFolder(directory("data", tree)).list(undefined, AbortSignal.abort())).rejects.toThrow(/abort/i);
  });
});

describe("files that the page holds", () => {
  it("come over a port, one by one", async () => {
    const { port1, port2 } = new MessageChannel();
    const files = new Map([["data/x.parquet", new File(["123"], "x.parquet", { lastModified: 7 })], ["data/.y.parquet", new File([""], ".y.parquet")], ["data/z.txt", new File([""], "z.txt")]]);
    serveFiles(port1, files);
    const folder = openBrokerFolder("data", [...files.keys()], port2);
    expect(await pathsOf(folder)).toEqual(["data/x.parquet"]);
    const file = await folder.file("data/x.parquet");
    expect(await (await file?.blob())?.text()).toBe("123");
    expect((await file?.stat())?.size).toBe(3);
    expect(await folder.file("data/gone.parquet")).toBeUndefined();
    files.delete("data/x.parquet");
    await expect(file?.blob()).rejects.toThrow('The page no longer holds "data/x.parquet"');
    port1.close();
  });
});

describe("files on the page's server", () => {
  let server: Server;
  let base = "";
  const served: Record<string, string> = {
    "/app/sample/manifest.json": JSON.stringify({ files: [{ path: "options/b c.parquet", size: 3, modified: 9 }, { path: "a.parquet", size: 1, modified: 9 }, { path: "notes.txt", size: 1, modified: 9 }] }),
    "/app/sample/options/b%20c.parquet": "123",
    "/app/sample/evil.json": JSON.stringify({ files: [{ path: "../../secret.parquet", size: 1, modified: 1 }] }),
    "/app/sample/bad.json": "<html>",
    "/app/sample/odd.json": JSON.stringify({ files: [{ path: "a.parquet" }] }),
  };
  const requests: string[] = [];
  beforeAll(async () => {
    server = createServer(({ url = "" }, response) => {
      requests.push(url);
      response.writeHead(served[url] === undefined ? 404 : 200).end(served[url] ?? "");
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    base = `http://127.0.0.1:${(server.address() as { port: number }).port}/app/sample`;
  });
  afterAll(() => server.close());

  it("are named in a manifest beside them, and fetched once each", async () => {
    const folder = await openHttpFolder("sample", `${base}/manifest.json`);
    expect(await pathsOf(folder)).toEqual(["a.parquet", "options/b c.parquet"]);
    const file = await folder.file("options/b c.parquet");
    expect(await file?.stat()).toEqual({ size: 3, modified: 9 });
    expect(await (await file?.blob())?.text()).toBe("123");
    await file?.blob();
    expect(requests.filter((url) => url.includes("options"))).toHaveLength(1);
    await expect((await folder.file("a.parquet"))?.blob()).rejects.toThrow(/^a\.parquet: the file cannot be fetched \(.*the server answered 404.*Check the connection/);
    expect(await folder.file("gone.parquet")).toBeUndefined();
  });

  it("never leave the manifest's folder, and a bad manifest is refused in words", async () => {
    await expect(openHttpFolder("sample", `${base}/evil.json`)).rejects.toThrow(/"\.\.\/\.\.\/secret\.parquet" is not below the manifest's folder/);
    await expect(openHttpFolder("sample", `${base}/bad.json`)).rejects.toThrow(/is no JSON/);
    await expect(openHttpFolder("sample", `${base}/odd.json`)).rejects.toThrow(/needs "path", "size" and "modified", found/);
    await expect(openHttpFolder("sample", `${base}/none.json`)).rejects.toThrow(/answered 404/);
  });
});
