package io.snowball.customer.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;

/** What the heap holds more than in the beginning, once what is not needed any more was collected. */
public final class Heap {
    private final long before = used();
    private long most;
    private int looks;

    public synchronized void look() {
        most = Math.max(most, used() - before);
        looks++;
    }

    public synchronized void heldAtMost(long bytes) {
        assertThat(looks).isGreaterThan(3);
        assertThat(most).isLessThan(bytes);
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
