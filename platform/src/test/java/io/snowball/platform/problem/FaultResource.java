package io.snowball.platform.problem;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.security.Roles;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What can go wrong between a service and its database, with a real one. */
@Path("/api/v1/faults")
@RolesAllowed(Roles.ADMIN)
class FaultResource {
    private static final int NOBODY_LISTENS = 1;

    private final Pool pool;
    private final Pool down;

    FaultResource(Pool pool, Vertx vertx) {
        this.pool = pool;
        this.down = PgBuilder.pool()
                .connectingTo(new PgConnectOptions().setHost("localhost").setPort(NOBODY_LISTENS))
                .using(vertx)
                .build();
    }

    record Unfit(@Nullable String text, @Nullable Instant at) {}

    @GET
    public String at(@RestQuery @Nullable Instant at) {
        return String.valueOf(at);
    }

    @GET
    @Path("{kind}")
    public Uni<Void> fail(@RestPath String kind) {
        return switch (kind) {
            case "down" -> run(down, "select 1");
            case "terminated" -> run(pool, "select pg_terminate_backend(pg_backend_pid())");
            case "cancelled" -> run(pool, "select pg_cancel_backend(pg_backend_pid()), pg_sleep(10)");
            case "full" -> run(pool, "do $$ begin raise sqlstate '53100'; end $$");
            case "uuid" -> run(pool, "select 'secret'::text::uuid");
            case "time" -> run(pool, "select 'secret'::text::timestamptz");
            case "late" -> run(pool, "select '300000-01-01'::text::timestamptz");
            case "json" -> run(pool, "select ('{\"a\":\"' || chr(92) || 'u0000\"}')::jsonb ->> 'a'");
            default ->
                pool.preparedQuery("select $1::text").execute(Params.of("a\0b")).replaceWithVoid();
        };
    }

    @POST
    public String take(Unfit body) {
        return "taken";
    }

    @POST
    @Path("forms")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public String takeForm(@RestForm @Nullable String words) {
        return String.valueOf(words);
    }

    private static Uni<Void> run(Pool database, String sql) {
        return database.query(sql).execute().replaceWithVoid();
    }
}
