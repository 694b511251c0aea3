// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.catrs.console.view.Detail;
import org.catrs.console.view.ShownAnswer;
import org.catrs.console.view.Tile;
import org.catrs.schemas.event.ModelStatus;
import org.junit.jupiter.api.Test;

class AnswerBoardTest {
    private final AnswerBoard board = new AnswerBoard();

    @Test
    void shouldKeepTheLastAnswers() {
        for (int i = 0; i < 1_000; i++) {
            board.answered(answer("a" + i, 100));
        }
        assertThat(board.find("a999")).isPresent();
        assertThat(board.find("a499")).isEmpty();
        assertThat(board.after(0, Integer.MAX_VALUE).tiles()).hasSize(500);
    }

    @Test
    void shouldKeepAnAnswerOnceThatIsReadAgain() {
        board.answered(answer("a", 100));
        board.answered(answer("a", 100));
        assertThat(board.after(0, Integer.MAX_VALUE).tiles()).hasSize(1);
        assertThat(board.last()).isEqualTo(1);
    }

    @Test
    void shouldKeepFewLargeOnes() {
        for (int i = 0; i < 50; i++) {
            board.answered(answer("a" + i, 1 << 20));
        }
        assertThat(board.after(0, Integer.MAX_VALUE).tiles()).hasSize(8);
        board.answered(answer("huge", 1 << 30));
        assertThat(board.after(0, Integer.MAX_VALUE).tiles())
                .extracting(Tile::id)
                .containsExactly("huge");
    }

    @Test
    void shouldTellASlowReaderOfTheLastAndHowManyItMissed() {
        for (int i = 0; i < 300; i++) {
            board.answered(answer("a" + i, 100));
        }
        AnswerBoard.News news = board.after(100, 60);
        assertThat(news.tiles()).hasSize(60).last().extracting(Tile::id).isEqualTo("a299");
        assertThat(news.skipped()).isEqualTo(140);
        assertThat(board.after(news.last(), 60).tiles()).isEmpty();
    }

    @Test
    void shouldKeepTheLastOfWhatIsToldAgain() {
        for (int i = 0; i < 1_000; i++) {
            board.told(
                    new ModelStatus("m" + i, "h:1", ModelStatus.State.RETIRED, null, null, null, null, null, null), i);
            board.told(new ModelStatus("m", "h:1", ModelStatus.State.RETIRED, null, null, null, null, null, null), i);
        }
        assertThat(board.events())
                .hasSize(200)
                .last()
                .satisfies(event -> assertThat(event.time()).isEqualTo(999));
    }

    private static ShownAnswer answer(String id, int bytes) {
        Tile tile =
                new Tile(id, Tile.Outcome.ABSTAINED, 1, null, "m", "1", null, null, null, 0, 0.5, null, 10L, 0.1, null);
        return new ShownAnswer(tile, bytes, () -> new Detail(null, List.of(), null, null));
    }
}
