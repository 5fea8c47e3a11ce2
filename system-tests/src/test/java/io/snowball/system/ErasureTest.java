package io.snowball.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snowball.launcher.api.Marketer;
import io.snowball.launcher.api.SnowballApi;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** r27, r28: a marked person is in every store, and after the destruction nowhere but in its act. */
class ErasureTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Snowball snowball = Snowball.running();
    private final SnowballApi api = snowball.api();
    private final MarkedPerson person = new MarkedPerson(snowball);
    private final Traces traces = new Traces(snowball, person.marks());

    @Test
    @DisplayName(
            "r27, r28: what is destroyed is in no table and no file any more, though services are killed in the middle")
    void r27NothingIsLeftButTheAct() {
        person.isPlanted();
        assertThat(traces.tables("customer"))
                .contains("customer: public.customer", "customer: public.identity", "customer: public.customer_change");
        assertThat(traces.tables("consent")).contains("consent: public.subject_request");

        String campaign = sent();
        assertThat(Inbox.of(snowball.mailbox(), person.email()))
                .as("the mail that they got before")
                .hasSize(1);
        person.isMerged();
        Campaigns.until(() -> snowball.count(
                        "consent",
                        "select count(*) from merged_customer where customer_id = '%s'".formatted(person.otherId()))
                == 1);

        String act = destroyed();
        // Not waited for: the act says that everybody had been asked.
        for (String table : List.of("customer_fact", "order_fact", "message_fact", "segment_member")) {
            assertThat(isForgotten("segmentation", table)).as(table).isTrue();
        }
        for (String table : List.of("message", "customer_order")) {
            assertThat(isForgotten("campaign", table)).as(table).isTrue();
        }
        for (String service : List.of("customer", "segmentation", "campaign", "consent")) {
            assertThat(act).containsPattern(service + "-service: [^<]*; запрошено [^<]*, ничего не найдено");
        }

        assertThat(traces.find()).containsExactly("consent: destruction_archive.proof");
        assertThat(api.get("/api/v1/campaigns/" + campaign + "/report")
                        .path("sent")
                        .asLong())
                .as("figures stay")
                .isEqualTo(2);
    }

    /** @return a campaign that both records of the person have got */
    private String sent() {
        Marketer marketer = new Marketer(api, "marked " + UUID.randomUUID());
        String list = list();
        String template = marketer.template(
                "{{ customer.first_name }}, письмо",
                "<p>{{ customer.first_name }} {{ customer.last_name }}, <a href=\"https://shop.example.com/\">посмотрите</a></p>");
        String campaign = marketer.campaign(list, template);
        marketer.launch(campaign);
        Campaigns.until(() -> api.get("/api/v1/campaigns/" + campaign + "/report")
                        .path("sent")
                        .asLong()
                == 2);
        return campaign;
    }

    /** Of just the two, as soon as segmentation-service has heard of both. */
    private String list() {
        ObjectNode wanted = JSON.createObjectNode().put("name", "marked list " + UUID.randomUUID());
        wanted.putObject("rule").put("type", "list");
        String list = api.post("/api/v1/segments", wanted, null).path("id").asText();
        ObjectNode change = JSON.createObjectNode();
        change.putArray("add").add(person.id()).add(person.otherId());
        Campaigns.until(() -> api.post("/api/v1/segments/" + list + "/member-changes", change, null)
                        .path("customers")
                        .asLong()
                == 2);
        return list;
    }

    /**
     * By the old id. customer-service is away at first, and consent-service is killed while it waits for it; then campaign-service
     * is away, and there is no act without it.
     *
     * @return the act
     */
    private String destroyed() {
        operator();
        snowball.system().kill("customer");
        ObjectNode plan = JSON.createObjectNode()
                .put("customerId", person.otherId())
                .put("reason", "REQUEST")
                .put("text", "Требование субъекта");
        String id = api.post("/api/v1/destructions", plan, UUID.randomUUID())
                .path("id")
                .asText();
        Campaigns.until(
                () -> snowball.count("consent", "select attempts from destruction where id = '" + id + "'") > 0);
        snowball.system().kill("consent");
        snowball.system().kill("campaign");
        snowball.system().startAgain("customer");
        snowball.system().startAgain("consent");
        Campaigns.until(() -> destruction(id).path("lastFault").asText().contains("campaign-service does not answer"));
        assertThat(destruction(id).path("state").asText()).isEqualTo("VERIFYING");
        snowball.system().startAgain("campaign");
        Campaigns.until(() -> destruction(id).path("state").asText().equals("DONE"));
        assertThat(destruction(id).path("lastFault").isMissingNode()).isTrue();
        return act(id);
    }

    private JsonNode destruction(String id) {
        return api.get("/api/v1/destructions/" + id);
    }

    /** As whoever keeps the archive reads it. */
    private String act(String id) {
        try (var database = snowball.database("consent");
                var query = database.prepareStatement(
                        "select act_html from destruction_archive.proof where destruction_id = ?::uuid")) {
            query.setString(1, id);
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void operator() {
        ObjectNode details = JSON.createObjectNode()
                .put("effectiveFrom", "2016-01-01T00:00:00Z")
                .put("fullName", "Общество с ограниченной ответственностью «Ромашка»")
                .put("shortName", "ООО «Ромашка»")
                .put("inn", "7700000000")
                .put("ogrn", "1027700000000")
                .put("address", "115000, г. Москва, ул. Лесная, д. 5")
                .put("email", "privacy@romashka.example")
                .put("phone", "+7 495 000-00-00")
                .put("responsible", "Цветкова А. Б.")
                .put("responsiblePost", "Ответственный за организацию обработки персональных данных")
                .put("ispdnName", "ИСПДн «Клиенты»")
                .put("databaseLocation", "Россия, г. Москва")
                .put("registerNumber", "77-26-000001")
                .put("policyUrl", "https://romashka.example/privacy");
        api.post("/api/v1/operator-details", details, UUID.randomUUID());
    }

    private boolean isForgotten(String service, String table) {
        return snowball.count(
                        service,
                        "select count(*) from %s where customer_id in ('%s', '%s')"
                                .formatted(table, person.id(), person.otherId()))
                == 0;
    }
}
