package io.snowball.segmentation.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.snowball.platform.id.Ids;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.snowball.segmentation.TestClock;
import io.snowball.segmentation.fact.FactFixtures;
import io.snowball.segmentation.fact.FakeCustomerService;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class SegmentResourceTest {
    @Inject
    FactFixtures facts;

    @Inject
    TestClock clock;

    /** Sets a test's customers apart from all others. */
    private final String source = Ids.next().toString();

    private final String fromSource =
            "{\"type\": \"attribute\", \"attribute\": \"SOURCE\", \"in\": [\"" + source + "\"]}";

    @BeforeEach
    void atNoon() {
        clock.set(TestClock.NOON);
    }

    @DisplayName("A8: who are they, and how many")
    @Test
    void countsWhomARuleMatchesBeforeAnythingIsStored() {
        List<UUID> customers = customers(12);
        preview(fromSource)
                .statusCode(200)
                .body("count", equalTo(12))
                .body("sampleCustomerIds", equalTo(strings(customers.subList(0, 10))));
        preview("{\"type\": \"not\", \"rule\": {\"type\": \"any\", \"rules\": [" + fromSource
                        + ", {\"type\": \"not\", \"rule\": " + fromSource + "}]}}")
                .statusCode(200)
                .body("count", equalTo(0))
                .body("sampleCustomerIds", hasSize(0));
    }

    @Test
    void fillsANewSegmentAtOnceAndShowsItsMembersInPages() {
        List<UUID> customers = customers(5);
        Response created = create(fromSource).then().statusCode(201).extract().response();
        String id = created.path("id");
        assertThat(created.header("Location")).endsWith("/api/v1/segments/" + id);
        assertThat(created.<Integer>path("customers")).isEqualTo(5);

        List<String> paged = new ArrayList<>();
        String after = null;
        do {
            var request = TestTokens.as(Roles.SERVICE).queryParam("limit", 2);
            if (after != null) {
                request.queryParam("after", after);
            }
            Response page = request.get("/api/v1/segments/" + id + "/members");
            page.then().statusCode(200);
            paged.addAll(page.jsonPath().getList("items", String.class));
            after = page.path("nextAfter");
        } while (after != null);
        assertThat(paged).isEqualTo(strings(customers));
    }

    @Test
    void replacesARuleAndMovesTheMembers() {
        customers(2);
        String id = create(fromSource).path("id");
        String tag = get(id).header("ETag");
        replace(id, tag, "{\"type\": \"not\", \"rule\": " + fromSource + "}").statusCode(200);
        assertThat(members(id)).doesNotContainAnyElementsOf(strings(customers(1)));
        replace(id, tag, fromSource).statusCode(412).body("type", equalTo("/problems/stale-version"));
        replace(id, get(id).header("ETag"), fromSource).statusCode(200).body("customers", equalTo(3));
    }

    @Test
    void createsOnceForOneIdempotencyKey() {
        String key = Ids.next().toString();
        String body = body(fromSource);
        Response first = createWith(key, body);
        Response second = createWith(key, body);
        first.then().statusCode(201);
        second.then().statusCode(201).body("id", equalTo(first.path("id")));
        createWith(key, body(fromSource)).then().statusCode(422);
    }

    @Test
    void listsSegmentsInPagesWithoutMissingOne() {
        List<String> made = List.of(
                create(fromSource).path("id"),
                create(fromSource).path("id"),
                create(fromSource).path("id"));
        List<String> listed = new ArrayList<>();
        String cursor = null;
        do {
            var request = TestTokens.as(Roles.ANALYST).queryParam("limit", 2);
            if (cursor != null) {
                request.queryParam("cursor", cursor);
            }
            Response page = request.get("/api/v1/segments");
            page.then().statusCode(200);
            listed.addAll(page.jsonPath().getList("items.id", String.class));
            cursor = page.path("nextCursor");
        } while (cursor != null);
        assertThat(listed).doesNotHaveDuplicates().containsSubsequence(made);
    }

    @Test
    void refusesACursorThatIsNotItsOwn() {
        for (String cursor :
                List.of("x", Cursor.encode(List.of("nonsense"), "segments"), Cursor.encode(List.of("1"), "x"))) {
            TestTokens.as(Roles.ANALYST)
                    .queryParam("cursor", cursor)
                    .get("/api/v1/segments")
                    .then()
                    .statusCode(400)
                    .body("errors[0].pointer", equalTo("cursor"));
        }
    }

    @Test
    void refusesARuleThatItCantRead() {
        preview("{\"type\": \"magic\"}").statusCode(400).body("errors[0].pointer", equalTo("/rule"));
        preview("{\"type\": \"contact\", \"kind\": \"EMAIL\", \"sql\": \"1=1\"}")
                .statusCode(400)
                .body("errors[0].code", equalTo("unknown-field"))
                .body("errors[0].pointer", equalTo("/rule/sql"));
        preview("{\"type\": \"all\", \"rules\": [{\"type\": \"contact\", \"kind\": \"FAX\"}]}")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/rule/rules/0/kind"));
        preview("{\"type\": \"all\", \"rules\": [{\"type\": \"contact\"}]}")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/rule/rules/0/kind"));
        preview("[]").statusCode(400);
        preview("\"x\"").statusCode(400);
        preview("null").statusCode(400).body("errors[0].pointer", equalTo("/rule"));
    }

    @Test
    void refusesARuleNestedWithoutEnd() {
        String deep = "{\"type\":\"not\",\"rule\":".repeat(1000) + "{\"type\":\"contact\",\"kind\":\"EMAIL\"}"
                + "}".repeat(1000);
        preview(deep).statusCode(400);
    }

    @Test
    void takesARuleThatMatchesEverybody() {
        String everybody = "{\"type\": \"any\", \"rules\": [" + fromSource + ", {\"type\": \"not\", \"rule\": "
                + fromSource + "}]}";
        List<UUID> customers = customers(3);
        String id = create(everybody).then().statusCode(201).extract().path("id");
        assertThat(members(id)).containsAll(strings(customers));
        preview(everybody).statusCode(200).body("count", org.hamcrest.Matchers.greaterThanOrEqualTo(3));
    }

    @Test
    void refusesTextThatCantBeKept() {
        TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .body("{\"name\": \"ab\", \"description\": \"\\u0000\", \"rule\": " + fromSource + "}")
                .post("/api/v1/segments")
                .then()
                .statusCode(400)
                .body("errors.pointer", equalTo(List.of("/description")));
    }

    @Test
    void refusesTwoSegmentsOfOneName() {
        String body = body(fromSource);
        createWith(null, body).then().statusCode(201);
        createWith(null, body).then().statusCode(409).body("type", equalTo("/problems/segment-name-taken"));
    }

    @Test
    void refusesACircleAndAnUnknownSegment() {
        String a = create(fromSource).path("id");
        String b = create(inSegment(a)).path("id");
        replace(a, get(a).header("ETag"), inSegment(b))
                .statusCode(409)
                .body("type", equalTo("/problems/segment-circle"));
        replace(a, get(a).header("ETag"), inSegment(a)).statusCode(409);
        create(inSegment(Ids.next().toString()))
                .then()
                .statusCode(400)
                .body("errors[0].code", equalTo("unknown-segment"));
        preview(inSegment(Ids.next().toString())).statusCode(400);
    }

    @Test
    void letsChangesRunThroughSegmentsThatNameOneAnother() {
        List<UUID> customers = customers(2);
        String a = create("{\"type\": \"not\", \"rule\": " + fromSource + "}").path("id");
        String b = create("{\"type\": \"all\", \"rules\": [" + fromSource + ", " + inSegment(a) + "]}")
                .then()
                .body("customers", equalTo(0))
                .extract()
                .path("id");
        replace(a, get(a).header("ETag"), fromSource).statusCode(200);
        assertThat(members(b)).isEqualTo(strings(customers));
    }

    @Test
    void deletesASegmentThatNobodyNames() {
        String a = create(fromSource).path("id");
        String b = create(inSegment(a)).path("id");
        delete(a).statusCode(409).body("type", equalTo("/problems/segment-in-use"));
        delete(b).statusCode(204);
        delete(a).statusCode(204);
        get(a).then().statusCode(404).body("type", equalTo("/problems/not-found"));
        delete(a).statusCode(404);
        TestTokens.as(Roles.SERVICE)
                .get("/api/v1/segments/" + a + "/members")
                .then()
                .statusCode(404);
        replace(a, "\"1\"", fromSource).statusCode(404);
    }

    @Test
    void doesNotDeleteWithoutAWordWhatACampaignCountsOn() {
        String id = create(fromSource).path("id");
        get(id).then().body("usedAt", nullValue());
        members(id);
        get(id).then().body("usedAt", equalTo("2026-06-15T12:00:00Z"));
        delete(id).statusCode(409).body("type", equalTo("/problems/segment-used"));
        TestTokens.as(Roles.MARKETER)
                .queryParam("evenIfUsed", true)
                .delete("/api/v1/segments/" + id)
                .then()
                .statusCode(204);
    }

    @Test
    void keepsRolesApart() {
        TestTokens.as(Roles.ANALYST)
                .contentType("application/json")
                .body(body(fromSource))
                .post("/api/v1/segments")
                .then()
                .statusCode(403);
        TestTokens.as(Roles.SALES).get("/api/v1/segments").then().statusCode(403);
        TestTokens.anonymous().get("/api/v1/segments").then().statusCode(401);
        TestTokens.as(Roles.SERVICE)
                .get("/api/v1/segments/nonsense/members")
                .then()
                .statusCode(400);
        TestTokens.as(Roles.SERVICE)
                .queryParam("limit", 50_001)
                .get("/api/v1/segments/" + Ids.next() + "/members")
                .then()
                .statusCode(400);
    }

    private List<UUID> customers(int count) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(Ids.next());
        }
        facts.apply(ids.stream()
                .map(id -> FactFixtures.customer(id, TestClock.NOON, source))
                .toList());
        return ids;
    }

    private static String inSegment(String id) {
        return "{\"type\": \"segment\", \"segmentId\": \"" + id + "\"}";
    }

    private static String body(String rule) {
        return "{\"name\": \"" + Ids.next() + "\", \"rule\": " + rule + "}";
    }

    private static Response create(String rule) {
        return createWith(null, body(rule));
    }

    private static Response createWith(@Nullable String key, String body) {
        var request =
                TestTokens.as(Roles.MARKETER).contentType("application/json").body(body);
        return (key == null ? request : request.header("Idempotency-Key", key)).post("/api/v1/segments");
    }

    private static Response get(String id) {
        return TestTokens.as(Roles.ANALYST).get("/api/v1/segments/" + id);
    }

    private static List<String> members(String id) {
        return TestTokens.as(Roles.SERVICE)
                .queryParam("limit", 50_000)
                .get("/api/v1/segments/" + id + "/members")
                .jsonPath()
                .getList("items", String.class);
    }

    private static ValidatableResponse replace(String id, String tag, String rule) {
        return TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .header("If-Match", tag)
                .body(body(rule))
                .put("/api/v1/segments/" + id)
                .then();
    }

    private static ValidatableResponse delete(String id) {
        return TestTokens.as(Roles.MARKETER).delete("/api/v1/segments/" + id).then();
    }

    private static ValidatableResponse preview(String rule) {
        return TestTokens.as(Roles.ANALYST)
                .contentType("application/json")
                .body("{\"rule\": " + rule + "}")
                .post("/api/v1/segment-previews")
                .then();
    }

    private static List<String> strings(List<UUID> ids) {
        return ids.stream().map(UUID::toString).toList();
    }
}
