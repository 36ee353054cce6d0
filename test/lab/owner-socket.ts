import { connect, createServer, type Server } from 'node:net';
import type { LabHostName } from './types.ts';

/** What only the process that started the lab can do, asked for by the others as one line of JSON. */
export interface OwnerRequest {
  powerCut: LabHostName;
}

/** One line of JSON back: empty when it is done. */
interface OwnerAnswer {
  error?: string;
}

/** Listens on a unix socket for the requests of other processes. */
export async function serveOwner(path: string, carryOut: (request: OwnerRequest) => Promise<void>): Promise<Server> {
  const server = createServer((socket) => {
    let text = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8');
      if (!text.includes('\n')) return;
      carryOut(JSON.parse(text)).then(
        () => socket.end('{}\n'),
        (error) => socket.end(`${JSON.stringify({ error: String(error) })}\n`),
      );
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  return server;
}

/** @throws Error with the owner's words, or when there is no owner any more. */
export function askOwner(path: string, request: OwnerRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    let text = '';
    socket.once('error', (error) => reject(new Error(`the lab's owner does not answer: ${error.message}`)));
    socket.once('connect', () => socket.write(`${JSON.stringify(request)}\n`));
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8');
    });
    socket.once('close', () => {
      if (!text) return reject(new Error("the lab's owner went away"));
      const answer: OwnerAnswer = JSON.parse(text);
      if (answer.error) reject(new Error(answer.error));
      else resolve();
    });
  });
}
