package io.snowball.customer.order;

/** FNV-1a, 64 bits, over values that are told apart by their order and, for texts, by their length. */
final class Fingerprint {
    private static final long PRIME = 0x100000001b3L;
    private long hash = 0xcbf29ce484222325L;

    void add(long value) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            mix((int) (value >>> shift) & 0xff);
        }
    }

    void add(String text) {
        add(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            mix(c & 0xff);
            mix(c >>> 8);
        }
    }

    long value() {
        return hash;
    }

    private void mix(int octet) {
        hash = (hash ^ octet) * PRIME;
    }
}
