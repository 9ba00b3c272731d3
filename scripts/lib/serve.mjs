import { createServer } from "node:http";
import path from "node:path";
import sirv from "sirv";
import { root } from "./root.mjs";

/**
 * Serves a built page on 127.0.0.1, below `base` (default "/"). A port that is taken gives way to the next one; 0 takes any.
 * @returns {Promise<{ address: string, close: () => void }>}
 */
export async function serve({ port, base = "/", folder = path.join(root, "dist") }) {
  const files = sirv(folder, { dev: true, etag: true });
  const server = createServer((request, response) => {
    const missing = () => response.writeHead(404).end("Not found");
    if (!request.url.startsWith(base)) return missing();
    request.url = `/${request.url.slice(base.length)}`;
    files(request, response, missing);
  });
  const taken = await listen(server, port);
  return {
    address: `http://127.0.0.1:${taken}${base}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      if (error.code === "EADDRINUSE" && port !== 0) resolve(listen(server, port + 1));
      else reject(error);
    });
    server.listen(port, "127.0.0.1", () => resolve(server.address().port));
  });
}
