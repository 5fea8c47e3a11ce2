package io.snowball.segmentation.rule;

import io.snowball.platform.db.Params;
import io.snowball.platform.id.Ids;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.segmentation.cluster.ClusterLevel;
import io.snowball.segmentation.rule.RandomShop.Customer;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;

/** A database of this service's schema for tests that run many times and need no application. */
final class RuleDatabase implements AutoCloseable {
    private static final String NAME = "rules";

    private final Vertx vertx = Vertx.vertx();
    private final Pool pool;

    RuleDatabase() {
        Map<String, String> server = new TestDatabase().start();
        String host = server.getOrDefault("snowball.db.host", "localhost");
        int port = Integer.parseInt(server.getOrDefault("snowball.db.port", "5432"));
        String jdbc = "jdbc:postgresql://" + host + ":" + port + "/";
        create(jdbc + "postgres");
        Flyway.configure()
                .dataSource(jdbc + NAME, "postgres", "postgres")
                .locations("classpath:db/platform", "classpath:db/migration")
                .load()
                .migrate();
        this.pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(2))
                .connectingTo(new PgConnectOptions()
                        .setHost(host)
                        .setPort(port)
                        .setDatabase(NAME)
                        .setUser("postgres")
                        .setPassword("postgres"))
                .using(vertx)
                .build();
    }

    private static void create(String jdbc) {
        try (Connection connection = DriverManager.getConnection(jdbc, "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists " + NAME);
            statement.execute("create database " + NAME);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    Pool pool() {
        return pool;
    }

    void empty() {
        pool.query("""
                        truncate segment_member, segment, customer_metric, customer_engagement, customer_fact, order_fact,
                          order_line_fact, product_category, message_fact, event_fact, prediction_score, current_prediction_model, prediction_model, merge_list,
                          feedback_fact, customer_feedback, withheld_member, blocked_customer,
                          unplaced_customer, customer_favourite
                        """).execute().await().indefinitely();
    }

    /** Their facts stay and nobody finds them, as where they are blocked. */
    void withhold(Collection<UUID> customers) {
        pool.preparedQuery("""
                        with gone as (delete from customer_metric where customer_id = any($1) returning customer_id)
                        insert into unplaced_customer select customer_id from gone
                        """)
                .execute(Params.of((Object) customers.toArray(UUID[]::new)))
                .await()
                .indefinitely();
    }

    /** What a run of a prediction model would have written. */
    void predict(List<Customer> customers) {
        UUID model = Ids.next();
        pool.preparedQuery("""
                        insert into prediction_model (id, state, wanted, as_of, horizon_weeks, annual_discount_rate, margin_share,
                          customers_scored, customers_total, created_at)
                        values ($1, 'READY', 'AUTO', '2026-01-01', 52, 0, 1, 0, 0, now())
                        """).execute(Params.of(model)).await().indefinitely();
        pool.preparedQuery("insert into current_prediction_model (model_id) values ($1)")
                .execute(Params.of(model))
                .await()
                .indefinitely();
        for (Customer c : customers) {
            RandomShop.Predicted said = c.predicted();
            if (said != null) {
                List<ClusterLevel> cluster = said.cluster();
                pool.preparedQuery("""
                                insert into prediction_score (customer_id, model_id, probability_alive, expected_purchases,
                                  recency_weeks, age_weeks, repeats, forecast, realised, potential, cluster_recency,
                                  cluster_frequency, cluster_bill)
                                values ($1, $2, $3, $4, 0, 0, 0, $5, 0, $6, $7, $8, $9)
                                """)
                        .execute(Params.of(
                                c.id(),
                                model,
                                said.alive(),
                                said.purchases(),
                                said.forecast(),
                                said.potential(),
                                cluster == null ? null : cluster.get(0).name(),
                                cluster == null ? null : cluster.get(1).name(),
                                cluster == null ? null : cluster.get(2).name()))
                        .await()
                        .indefinitely();
            }
        }
    }

    @Override
    public void close() {
        pool.close().await().indefinitely();
        vertx.close().await().indefinitely();
    }
}
