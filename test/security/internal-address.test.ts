// Every spelling of an address inside is seen as one, once a URL has been read as it is connected to.
import { expect, test } from "vitest";
import { bareHost, isNamedInternal, isPublicAddress } from "../../src/notify/internal-address.ts";

test.each([
  ["http://2130706433/", "one decimal number"],
  ["http://0x7f000001/", "one hexadecimal number"],
  ["http://0177.0.0.1/", "octal"],
  ["http://127.1/", "shortened"],
  ["http://0/", "nothing but zero"],
  ["http://127.0.0.1./", "a dot at the end"],
  ["http://１２７.０.０.１/", "wide digits"],
  ["http://[::1]/", "IPv6"],
  ["http://[::]/", "IPv6, unspecified"],
  ["http://[::ffff:127.0.0.1]/", "IPv4 within IPv6"],
  ["http://[::ffff:7f00:1]/", "IPv4 within IPv6, hexadecimal"],
  ["http://[::127.0.0.1]/", "IPv4 within IPv6, the old way"],
  ["http://[64:ff9b::7f00:1]/", "NAT64"],
  ["http://[64:ff9b:1::7f00:1]/", "NAT64 of one's own"],
  ["http://[2002:7f00:1::]/", "6to4"],
  ["http://[2001:0:7f00:1::]/", "Teredo"],
  ["http://[fe80::1]/", "link-local"],
  ["http://[fec0::1]/", "site-local"],
  ["http://[fd00:ec2::254]/", "a metadata service"],
  ["http://169.254.169.254/", "a metadata service"],
  ["http://100.100.100.200/", "shared address space"],
  ["http://198.18.0.1/", "for measurements"],
  ["http://224.0.0.1/", "many at once"],
  ["http://255.255.255.255/", "everybody"],
  ["http://localhost/", "a name of one word"],
  ["http://LOCALHOST./", "the same"],
  ["http://db.internal/", "a name of our own network"],
  ["http://printer.local/", "a name of our own network"],
])("%s (%s)", (url) => {
  const { hostname } = new URL(url);
  expect(isNamedInternal(hostname)).toBe(true);
  expect(isPublicAddress(bareHost(hostname))).toBe(false);
});

test.each(["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"])(
  "%s is one of the public internet",
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);
