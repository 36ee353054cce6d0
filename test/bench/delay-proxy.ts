/** `delay-proxy.ts PORT MS`: passes connections on to a port of loopback, each byte MS later in each direction; prints its own port. */
import { Link } from '../lab/link.ts';

const [port, oneWayMs] = process.argv.slice(2).map(Number);
if (!(Number.isSafeInteger(port) && Number.isFinite(oneWayMs))) throw new RangeError('usage: delay-proxy.ts PORT MS');
const link = await Link.open(port ?? 0);
link.setDelay(oneWayMs ?? 0);
console.log(String(link.port));
