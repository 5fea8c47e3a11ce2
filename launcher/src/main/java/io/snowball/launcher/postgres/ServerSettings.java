package io.snowball.launcher.postgres;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the server is told at each start, so that a newer Snowball's settings reach an old data folder. */
final class ServerSettings {
    private static final long MB = 1L << 20;

    private ServerSettings() {}

    static List<String> flags(int port, long memory) {
        long shared = Math.clamp(memory / 8, 128 * MB, 1024 * MB) / MB;
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("port", Integer.toString(port));
        settings.put("listen_addresses", "127.0.0.1");
        // No socket file: its path is bounded to about a hundred characters, a deep folder would not do.
        settings.put("unix_socket_directories", "");
        settings.put("max_connections", "200");
        settings.put("shared_buffers", shared + "MB");
        settings.put("effective_cache_size", shared * 3 + "MB");
        settings.put("work_mem", "16MB");
        settings.put("maintenance_work_mem", "128MB");
        // A checkpoint copies each page that changes after it whole into the log: seldom is cheap.
        settings.put("max_wal_size", "4GB");
        settings.put("checkpoint_timeout", "15min");
        // These binaries come without lz4 and zstd.
        settings.put("wal_compression", "pglz");
        settings.put("random_page_cost", "1.1");
        settings.put("jit", "off");
        // A count over a narrow metric table gains from two workers (TECHNIQUES: 140-190 ms became 85-110 ms).
        settings.put("parallel_setup_cost", "100");
        settings.put("min_parallel_table_scan_size", "1MB");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        settings.put("lc_messages", "C");
        // No personal data in logs: neither a failed statement's text, nor its parameters, nor "Key (email)=(...)
        // exists".
        settings.put("log_min_error_statement", "panic");
        settings.put("log_parameter_max_length", "0");
        settings.put("log_parameter_max_length_on_error", "0");
        settings.put("log_error_verbosity", "terse");
        List<String> flags = new ArrayList<>();
        settings.forEach((name, value) -> flags.addAll(List.of("-c", name + "=" + value)));
        return flags;
    }

    static long machineMemory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                ? os.getTotalMemorySize()
                : 2048 * MB;
    }
}
