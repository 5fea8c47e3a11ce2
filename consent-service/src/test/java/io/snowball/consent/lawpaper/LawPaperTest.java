package io.snowball.consent.lawpaper;

import static io.snowball.platform.testkit.TestTokens.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.snowball.consent.Requisites;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requirement r35: the papers that an operator must have. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class LawPaperTest {
    @BeforeEach
    void anOperator() {
        Requisites.record();
    }

    @ParameterizedTest
    @EnumSource(LawPaperKind.class)
    @DisplayName("r35: each paper names the operator, as PDF and as HTML")
    void r35EachPaperNamesTheOperator(LawPaperKind kind) {
        as(Roles.DPO)
                .get("/api/v1/law-papers/{kind}/html", kind)
                .then()
                .statusCode(200)
                .body(containsString("ИНН 7700000000"));
        byte[] pdf = as(Roles.DPO)
                .get("/api/v1/law-papers/{kind}/pdf", kind)
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        assertThat(new String(pdf, 0, 8, StandardCharsets.US_ASCII)).isEqualTo("%PDF-1.7");
    }

    @Test
    @DisplayName("r35, r04: the register has every purpose with its ground, data and term")
    void r35TheRegisterHasEveryPurpose() {
        as(Roles.DPO)
                .get("/api/v1/law-papers/PROCESSING_REGISTER/html")
                .then()
                .body(containsString("Цель: Marketing"))
                .body(containsString("ст. 6 ч. 1 п. 1"))
                .body(containsString("до отзыва согласия"));
    }

    @Test
    @DisplayName("r35: the register of requests says who asked for what, by when it is due and what came of it")
    void r35TheRegisterOfRequests() {
        String name = "Заявитель " + Ids.next();
        int number = as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("""
                        {"kind": "ACCESS", "channel": "LETTER", "receivedAt": "2026-11-20T09:00:00Z",
                         "applicant": {"name": "%s", "contact": "письмом"}, "text": "прошу сообщить"}
                        """.formatted(name))
                .post("/api/v1/subject-requests")
                .then()
                .statusCode(201)
                .extract()
                .path("number");
        as(Roles.DPO)
                .get("/api/v1/law-papers/REQUEST_REGISTER/html")
                .then()
                .statusCode(200)
                .body(containsString("№ " + number + ". Запрос на доступ к персональным данным"))
                .body(containsString(name))
                .body(containsString("2026-12-04"))
                .body(containsString("в работе"));
    }

    @Test
    void onlyThoseWhoAnswerForItAndOnlyKnownPapers() {
        as(Roles.MARKETER).get("/api/v1/law-papers/POLICY/pdf").then().statusCode(403);
        as(Roles.DPO).get("/api/v1/law-papers/NONSENSE/pdf").then().statusCode(400);
    }
}
