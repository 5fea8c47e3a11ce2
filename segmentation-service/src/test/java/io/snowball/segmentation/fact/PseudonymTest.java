package io.snowball.segmentation.fact;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.platform.db.Rows;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** r29: analytics know an id and facts; who it is, customer-service alone knows, and its destruction is enough. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class PseudonymTest {
    @Inject
    Pool pool;

    @Test
    @DisplayName("r29: no column here is made for a name, an address, a number or a day of birth")
    void r29NothingHereNamesAnybody() {
        List<String> named = Rows.list(pool.query("""
                        select table_name || '.' || column_name as name
                        from information_schema.columns
                        where table_schema = 'public' and data_type <> 'boolean'
                          and column_name ~ '(e_?mail|phone|first_name|last_name|middle_name|full_name|address|passport|born|birth|ip)$'
                        """).execute().await().indefinitely(), row -> row.getString("name"));
        List<String> all = Rows.list(
                pool.query(
                                "select column_name as name from information_schema.columns where table_name = 'customer_fact'")
                        .execute()
                        .await()
                        .indefinitely(),
                row -> row.getString("name"));
        assertThat(all).as("the pattern would find what is there").contains("has_email", "customer_id");
        assertThat(named).isEmpty();
    }
}
