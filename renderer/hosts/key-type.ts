/** What OpenSSH calls a host key's algorithm, and where its server keeps the public half. */

/** `ED25519`, `RSA`, `ECDSA`, as `ssh-keygen -l` prints it in brackets; otherwise the algorithm's own name. */
export function keyWord(type: string): string {
  if (type.includes('ed25519')) return 'ED25519';
  if (type.includes('ecdsa')) return 'ECDSA';
  if (type.includes('rsa')) return 'RSA';
  return type;
}

/** The file that `sshd` reads by default (sshd_config(5), HostKey). */
export function keyFile(type: string): string {
  return `/etc/ssh/ssh_host_${keyWord(type).toLowerCase()}_key.pub`;
}
