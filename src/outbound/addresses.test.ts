import { describe, expect, test } from 'vitest';
import { isLoopbackAddress, isPublicAddress } from './addresses.ts';

describe('an address that outbound calls may go to', () => {
  test.each(['8.8.8.8', '100.63.255.255', '172.32.0.1', '192.0.1.1', '223.255.255.255', '2606:4700::1111', '2a00:1450:4001::1', '::ffff:8.8.8.8', '::ffff:808:808'])(
    '%s is public', (address) => expect(isPublicAddress(address)).toBe(true));

  test.each([
    ['this network', '0.0.0.0'], ['a private net', '10.1.2.3'], ['a private net', '172.20.0.1'], ['a private net', '192.168.1.1'], ['a carrier\'s net', '100.64.0.1'],
    ['this machine', '127.0.0.2'], ['link local: metadata of clouds', '169.254.169.254'], ['protocol assignments', '192.0.0.170'], ['a relay of 6to4', '192.88.99.1'],
    ['a benchmark', '198.19.0.1'], ['documentation', '203.0.113.9'], ['multicast', '224.0.0.1'], ['reserved', '250.1.2.3'], ['broadcast', '255.255.255.255'],
    ['unspecified', '::'], ['this machine', '::1'], ['this machine, mapped', '::ffff:127.0.0.1'], ['this machine, mapped in hex', '::ffff:7f00:1'],
    ['this machine, mapped and written out', '0:0:0:0:0:ffff:7f00:1'], ['a private net, mapped', '::ffff:10.0.0.1'], ['metadata of clouds, mapped', '::ffff:a9fe:a9fe'],
    ['IPv4 compatible', '::7f00:1'], ['NAT64', '64:ff9b::7f00:1'], ['a NAT64 of one\'s own', '64:ff9b:1::a00:1'], ['6to4', '2002:7f00:1::1'], ['Teredo', '2001::7f00:1'],
    ['documentation', '2001:db8::1'], ['documentation', '3fff::1'], ['discarded', '100::1'], ['segment routing', '5f00::1'],
    ['unique local', 'fd00::1'], ['unique local: metadata of clouds', 'fd00:ec2::254'], ['link local', 'fe80::1'], ['link local, with a zone', 'fe80::1%eth0'],
    ['site local', 'fec0::1'], ['multicast', 'ff02::1'], ['a public one with a zone', '2606:4700::1111%1'], ['no address', 'not an address'], ['no address', ''],
  ])('%s: %s is not', (_what, address) => expect(isPublicAddress(address)).toBe(false));

  test.each([['127.9.9.9', true], ['::1', true], ['::ffff:127.0.0.1', true], ['10.0.0.1', false], ['::2', false], ['localhost', false]])(
    '%s is this machine: %s', (address, expected) => expect(isLoopbackAddress(address)).toBe(expected));
});
