package io.snowball.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snowball.launcher.api.Marketer;
import io.snowball.launcher.api.SnowballApi;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Somebody whose every datum bears a mark that nothing else has, told to the system by every way that a person comes into it. Two
 * records of them, that are merged, taken apart and merged again.
 */
final class MarkedPerson {
    private final SnowballApi api;
    private final URI gateway;
    private final String mark =
            "zq" + UUID.randomUUID().toString().replace("-", "").substring(0, 14);
    private final String digits = String.format(Locale.ROOT, "%07d", Math.floorMod(mark.hashCode(), 10_000_000));
    private String id = "";
    private String other = "";

    MarkedPerson(Snowball snowball) {
        this.api = snowball.api();
        this.gateway = snowball.system().endpoints().gateway();
    }

    String id() {
        return id;
    }

    String otherId() {
        return other;
    }

    String email() {
        return mark + ".a@example.com";
    }

    /** What must be found nowhere: the text, and the telephone number however it is written. */
    List<String> marks() {
        return List.of(mark, "916" + digits);
    }

    void isPlanted() {
        declare();
        importFile();
        id = tell("a");
        other = find("b");
        order();
        event();
        web();
        consents();
        stop();
        registers();
        asks();
    }

    private void declare() {
        put("/api/v1/attributes/nickname_of_test", "{\"type\": \"TEXT\", \"personal\": true}");
        put("/api/v1/event-types/support_ticket_of_test", """
                {"fields": [{"name": "words", "type": "TEXT"}, {"name": "code", "type": "CODE"}], "retentionDays": 365, "fromWeb": true}""");
    }

    /** With a line that is refused: what was wrong with it can be downloaded. */
    private void importFile() {
        String csv = """
                external_id,email,phone,first_name,last_name,sex,birthday,time_zone,language,source,registered_at
                %1$s-b,%1$s.b@example.com,+7916%2$s,%1$s,%1$sova,,,,ru,,2026-01-01T00:00:00Z
                %1$s-c,%1$s without an at,not a number %1$s,%1$s,%1$sova,%1$s,%1$s,%1$s,%1$s,,%1$s
                """;
        ObjectNode wanted =
                api.json().createObjectNode().put("kind", "CUSTOMERS").put("format", "CSV");
        String id =
                api.once("/api/v1/imports", wanted, mark + " import").path("id").asText();
        api.putText("/api/v1/imports/" + id + "/content", "text/csv", csv.formatted(mark, digits));
        Campaigns.until(() -> {
            String state = api.get("/api/v1/imports/" + id).path("state").asText();
            return state.equals("COMPLETED") || state.equals("FAILED");
        });
    }

    /** With a key, so that the answer is kept to be repeated. */
    private String tell(String which) {
        JsonNode answer = post("/api/v1/customers", """
                {"externalId": "%1$s-%3$s", "email": "%1$s.%3$s@example.com", "phone": "8 (916) %2$s", "firstName": "%1$s", "lastName": "%1$sov",
                 "address": {"city": "%1$s", "street": "%1$s"}, "socialAccounts": ["https://vk.com/%1$s"],
                 "source": "marked", "attributes": {"nickname_of_test": "%1$s"}}""".formatted(mark, digits, which));
        String id = answer.path("id").asText();
        post("/api/v1/customers", """
                {"externalId": "%1$s-%2$s", "firstName": "%1$sa"}""".formatted(mark, which));
        return id;
    }

    private String find(String which) {
        StringBuilder found = new StringBuilder();
        api.forEach("/api/v1/customers", customer -> {
            if (customer.path("externalId").asText().equals(mark + "-" + which)) {
                found.append(customer.path("id").asText());
            }
        });
        return found.toString();
    }

    private void order() {
        String orders = """
                {"items": [{"externalId": "o-%2$s", "customerExternalId": "%1$s-a", "orderedAt": "2026-02-01T10:00:00Z", "amount": "100.00"},
                  {"externalId": "p-%2$s", "customerExternalId": "%1$s-b", "orderedAt": "2026-02-02T10:00:00Z", "amount": "200.00"},
                  {"externalId": "q-%2$s", "customerExternalId": "%1$s-nobody", "orderedAt": "2026-02-02T10:00:00Z", "amount": "1.00"}]}""";
        post("/api/v1/orders", orders.formatted(mark, UUID.randomUUID()));
    }

    /** What a type declares as a code says nothing of a person, and is told to the other services: so it bears no mark. */
    private void event() {
        post("/api/v1/events/batches", """
                {"items": [{"id": "%1$s-1", "type": "support_ticket_of_test", "occurredAt": "%2$s", "customerExternalId": "%1$s-a",
                  "properties": {"words": "%1$s", "code": "c-1"}}]}""".formatted(mark, Instant.now()));
    }

    /** A visitor of a web page whom the shop's server names later. */
    private void web() {
        UUID visitor = UUID.randomUUID();
        beacon("""
                {"visitorId": "%2$s", "events": [{"id": "%1$s-2", "type": "support_ticket_of_test", "occurredAt": "%3$s",
                  "properties": {"words": "%1$s"}}]}""".formatted(mark, visitor, Instant.now()));
        post("/api/v1/visitor-links", """
                {"visitorId": "%2$s", "customerExternalId": "%1$s-b"}""".formatted(mark, visitor));
    }

    private void consents() {
        new Marketer(api, "marked-" + UUID.randomUUID().toString().substring(0, 8)).consents(List.of(id, other));
    }

    private void stop() {
        post("/api/v1/contact-stops", """
                {"address": "%1$s.old@example.com", "channel": "EMAIL", "reason": "COMPLAINT", "source": "call-centre"}""".formatted(mark));
    }

    private void registers() {
        post("/api/v1/subject-requests", """
                {"kind": "ACCESS", "channel": "LETTER", "customerId": "%3$s", "applicant": {"name": "%1$s", "contact": "%1$s.a@example.com", "representative": "%1$s"},
                 "text": "%1$s, +7916%2$s"}""".formatted(mark, digits, other));
        JsonNode found = post("/api/v1/customer-searches", """
                {"email": "%1$s.a@example.com"}""".formatted(mark));
        if (found.isMissingNode()) {
            throw new IllegalStateException("The search of customers does not answer");
        }
    }

    /** The form of the preference centre. */
    private void asks() {
        String link =
                post("/api/v1/preference-links", """
                {"customerId": "%s", "channel": "EMAIL"}""".formatted(id)).path("url").asText();
        // No claim that blocks: who is blocked gets no campaign.
        String form = "kind=ACCESS&contact=" + encoded(mark + ".a@example.com") + "&words=" + encoded(mark);
        int status = api.open("POST", gateway.resolve(URI.create(link).getPath() + "/requests"), form);
        if (status != 200) {
            throw new IllegalStateException("The form of the preference centre answered " + status);
        }
    }

    /** Merged, taken apart, merged again. */
    void isMerged() {
        String merge = merge();
        post("/api/v1/merges/" + merge + "/unmerges", "{}");
        merge();
    }

    private String merge() {
        return post("/api/v1/merges", """
                {"customerId": "%s", "mergedCustomerId": "%s"}""".formatted(id, other)).path("id").asText();
    }

    /** As a browser sends it: without a token, as plain text. */
    private void beacon(String body) {
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/w/events"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient browser = HttpClient.newHttpClient()) {
            int status = browser.send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status >= 300) {
                throw new IllegalStateException("The page's events were answered by " + status);
            }
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private JsonNode post(String path, String body) {
        return api.post(path, read(body), UUID.randomUUID());
    }

    private void put(String path, String body) {
        api.putText(path, "application/json", body);
    }

    private JsonNode read(String body) {
        try {
            return api.json().readTree(body);
        } catch (com.fasterxml.jackson.core.JsonProcessingException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
