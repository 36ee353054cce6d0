import { expect, test } from 'vitest';
import { linkFault } from './link-fault.ts';

test.each([
  ['', 'connection-lost'],
  // The destination lost its power: its user network ended the connection in order.
  ['Connection to 10.0.2.2 closed by remote host.\n', 'connection-lost'],
  ['Connection closed by 192.0.2.7 port 22\n', 'connection-lost'],
  ['kex_exchange_identification: Connection closed by remote host\n', 'connection-lost'],
  ['kex_exchange_identification: read: Connection reset by peer\n', 'connection-lost'],
  ['ssh: connect to host 192.0.2.7 port 22: Connection refused\n', 'connection-lost'],
  ['ssh: connect to host 192.0.2.7 port 22: No route to host\n', 'connection-lost'],
  ['client_loop: send disconnect: Broken pipe\n', 'connection-lost'],
  ['Timeout, server 192.0.2.7 not responding.\n', 'connection-lost'],
  [
    'ssh_dispatch_run_fatal: Connection to 192.0.2.7 port 22: message authentication code incorrect\n',
    'connection-lost',
  ],
  ['Host key verification failed.\n', 'direct-host-key'],
  ['root@192.0.2.7: Permission denied (publickey).\n', 'direct-login-refused'],
  ['command-line: line 0: Bad configuration option: knownhostscommand\n', 'direct-failed'],
])('ssh says %j', (said, code) => {
  expect(linkFault(said)).toMatchObject({ code, kind: code === 'connection-lost' ? 'passing' : 'permanent' });
});
