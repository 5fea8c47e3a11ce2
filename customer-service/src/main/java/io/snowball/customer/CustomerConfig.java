package io.snowball.customer;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** The settings of customer-service. */
@ConfigMapping(prefix = "customer")
public interface CustomerConfig {
    /** The largest JSON body; only the content of an import may be larger (quarkus.http.limits.max-body-size). */
    @WithDefault("10M")
    MemorySize maxJsonBody();

    Imports imports();

    Deals deals();

    Exports exports();

    interface Deals {
        /** How often deals are looked for that have been at their stage for longer than expected. */
        @WithDefault("30s")
        String overdueEvery();
    }

    /** Files of customers that leave the house. */
    interface Exports {
        /** How often exports are looked for that have to be written, and files that have been kept long enough. */
        @WithDefault("2s")
        String every();

        /** A file with personal data in the clear of more customers than this needs a second person's approval. */
        @WithDefault("100")
        @Min(0)
        int approveAbove();

        /** More customers are refused: a workbook has room for so many. */
        @WithDefault("1000000")
        @Min(1)
        @Max(1_000_000)
        int maxCustomers();

        /** Then the file is deleted. */
        @WithDefault("PT72H")
        Duration keep();

        /** Who writes an export says so at least this often; who does not is taken for dead, and the export begun anew. */
        @WithDefault("PT2M")
        Duration lease();

        /** Customers that are read and written at a time. */
        @WithDefault("1000")
        @Min(1)
        @Max(10_000)
        int page();
    }

    /** How files are read. The defaults were measured: three chunks of 5,000 orders in flight keep PostgreSQL busy; a fourth only takes memory. */
    interface Imports {
        /** Files that are read at the same time; each takes up to chunksInFlight + 1 of the pool's connections. */
        @WithDefault("4")
        @Min(1)
        @Max(16)
        int atOnce();

        /** Orders or customers that are written by one statement. */
        @WithDefault("5000")
        @Min(1)
        @Max(20_000)
        int chunkSize();

        /** Chunks that are being written while the next one is read. */
        @WithDefault("3")
        @Min(1)
        @Max(8)
        int chunksInFlight();

        /** A chunk that takes longer makes the next ones smaller: a long transaction holds every reader of the feed back. */
        @WithDefault("PT0.8S")
        Duration chunkTime();

        @WithDefault("1M")
        MemorySize maxLine();

        @WithDefault("200")
        @Min(20)
        int maxColumns();

        /** A workbook is kept in a temporary file while it is read. */
        @WithDefault("50M")
        MemorySize maxWorkbook();

        /** How many bad lines are kept for the report; the others are only counted. */
        @WithDefault("10000")
        @Min(0)
        int maxErrors();
    }
}
