// A campus proxy that leads chosen hosts to ports of this machine: the portal keeps its production settings, and has PUSH_PROXY set.
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export interface ConnectProxy {
  /** `http://127.0.0.1:…` */
  readonly url: string;
  /** `host:port` of everything it was asked for, oldest first. */
  readonly asked: readonly string[];
  /** A status line's end, e.g. `502 Bad Gateway`, to say no with; empty to serve. */
  refusal: string;
  stop(): Promise<void>;
}

/** @param portOf the port of this machine that plays a host; none for hosts that must not be reached */
export async function connectProxy(portOf: (host: string) => number | undefined): Promise<ConnectProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((_request, response) => response.writeHead(405).end());
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('connect', (request, client: Socket, head: Buffer) => {
    const target = request.url ?? '';
    asked.push(target);
    client.on('error', () => client.destroy());
    const port = portOf(target.split(':')[0] ?? '');
    const no = proxy.refusal || (port === undefined ? '403 Forbidden' : '');
    if (port === undefined || no) {
      client.end(`HTTP/1.1 ${no}\r\n\r\n`);
      return;
    }
    const host = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      host.write(head);
      host.pipe(client).pipe(host);
    });
    host.on('error', () => client.destroy());
    client.on('close', () => host.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: ConnectProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    refusal: '',
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}
