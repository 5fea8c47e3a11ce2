package io.snowball.customer.exports;

import static io.snowball.customer.exports.Desk.get;
import static io.snowball.customer.exports.Desk.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.customer.FakeSiblings;
import io.snowball.customer.Shop;
import io.snowball.customer.imports.Heap;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However many customers a file has, a page of them and a piece of it are in memory: H1. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ExportMemoryTest {
    private static final long BOUND = 20L << 20;

    @Inject
    Shop shop;

    @Inject
    Pool pool;

    @Inject
    ExportWorker worker;

    /** The largest file that is allowed; what the heap holds is looked at ten times on the way. */
    @ParameterizedTest
    @EnumSource(ExportFormat.class)
    @DisplayName("A file of a million customers is handed on piece by piece")
    void writesAMillionRows(ExportFormat format) throws IOException {
        Export.Shape shape = new Export.Shape(format, ';', ExportEncoding.UTF_8, List.of("a", "b", "c"), false);
        Heap heap = new Heap();
        AtomicLong bytes = new AtomicLong();
        PieceOutput out = new PieceOutput((_, piece) -> bytes.addAndGet(piece.length));
        try (SheetOutput table = SheetOutput.of(shape, out)) {
            for (int row = 0; row < 1_000_000; row++) {
                table.row(List.of("customer-" + row, "Анна-Мария " + Integer.toHexString(row * 31), "8912" + row));
                if (row % 100_000 == 99_999) {
                    heap.look();
                }
            }
        }
        assertThat(bytes.get()).isGreaterThan(BOUND / 2);
        heap.heldAtMost(BOUND);
    }

    @Test
    @DisplayName("Collected from a segment, read and stored, a file of 40 MB needs half of it at most")
    void exportsASegmentOfManyPages() throws InterruptedException {
        int customers = 60_000;
        List<UUID> members = pool.preparedQuery("""
                        insert into customer (id, first_name, last_name, registered_at, version, recorded_at)
                        select uuidv7(), repeat('Анна-Мария ', 20), repeat('Петрова-Водкина ', 12), now(), 1, now()
                        from generate_series(1, $1)
                        returning id
                        """)
                .execute(Params.of(customers))
                .map(rows -> Rows.list(rows, row -> row.getUUID("id")))
                .await()
                .indefinitely();
        UUID segment = FakeSiblings.segment(members);
        String export = post(
                        Roles.ADMIN,
                        "\"columns\":[\"id\",\"first_name\",\"last_name\"],\"segmentId\":\"" + segment + "\"")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        worker.run();
        get(export).then().body("state", equalTo("AWAITING_APPROVAL"));
        shop.text("update export set state = 'WRITING' where id = $1 returning state", UUID.fromString(export));
        Heap heap = new Heap();
        Thread watch = Thread.ofPlatform().start(() -> {
            for (int pieces = 20; pieces <= 160; pieces += 20) {
                int written = pieces;
                await().atMost(Duration.ofMinutes(2)).until(() -> pieces(export) >= written);
                heap.look();
            }
        });
        worker.run();
        watch.join();
        get(export).then().body("state", equalTo("READY")).body("rows", equalTo(customers));
        assertThat(shop.count("select bytes from export where id = $1", UUID.fromString(export)))
                .isGreaterThan(2 * BOUND);
        heap.heldAtMost(BOUND);
        shop.count(
                "with gone as (delete from customer where id = any($1) returning 1) select count(*) from gone",
                (Object) members.toArray(UUID[]::new));
    }

    private long pieces(String export) {
        return shop.count("select count(*) from export_piece where export_id = $1", UUID.fromString(export));
    }
}
