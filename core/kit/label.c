/* What stands around a date. A row for each language; the words are those of
   probe.c. */
#include <string.h>

#include "core/kit/form.h"
#include "core/kit/label.h"
#include "core/kit/probe.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Before a date, with or without a colon. */
static const char *const labels[] = {
	"published|first published|originally published|publish date|"
	"publication date|date published|published date|published time|"
	"publish time|pubdate|pub date|posted|post date|date posted|"
	"posted date|updated|last updated|update|last update|updated date|"
	"update time|date updated|modified|last modified|date modified|"
	"created|date created|uploaded|upload date|released|release date|"
	"release time|issued|date issued|filed|date|time|date and time",
	"cap nhat|cap nhat lan cuoi|cap nhat moi nhat|ngay cap nhat|"
	"thoi gian cap nhat|dang|dang tai|ngay dang|ngay dang tai|"
	"thoi gian dang|thoi gian dang tai|xuat ban|ngay xuat ban|phat hanh|"
	"ngay phat hanh|ngay ban hanh|ngay tao|ngay gui|gui|thoi gian|ngay|"
	"thoi diem",
	"发布时间|发布日期|发布于|发布|发表时间|发表日期|发表于|更新时间|"
	"更新日期|"
	"更新于|更新|最后更新|最后更新时间|时间|日期|刊发时间|发稿时间|"
	"创建时间|"
	"修改时间|上传时间|成文日期|发文日期|录入时间|添加时间",
	"發布時間|發佈時間|發布日期|發佈日期|發布|發佈|發表時間|更新時間|"
	"最後更新|"
	"最後更新時間|時間|發稿時間|建立時間|張貼日期|刊登日期",
	"yenilenib|son yenilenme|yenilenme tarixi|derc olunub|derc edilib|"
	"derc tarixi|derc olunma tarixi|nesr olunub|nesr tarixi|elave olunub|"
	"elave edilib|yayimlanib|yayimlanma tarixi|tarix",
	"опубликовано|обновлено|дата публикации|дата обновления|"
	"время публикации|последнее обновление|размещено|создано|изменено|"
	"добавлено|дата|дата и время|время|публикация",
	"publie|mis a jour|mise a jour|derniere mise a jour|mis en ligne|"
	"date de publication|modifie|cree|paru",
	"publicado|publicada|actualizado|actualizada|ultima actualizacion|"
	"actualizacion|fecha de publicacion|fecha|creado|modificado",
	"yayinlanma|yayinlanma tarihi|yayin tarihi|yayinlandi|guncelleme|"
	"guncelleme tarihi|guncellenme tarihi|guncellendi|son guncelleme|"
	"son guncellenme|olusturulma tarihi|eklenme tarihi|giris|giris tarihi|"
	"tarih",
	"diperbarui|terakhir diperbarui|diterbitkan|dipublikasikan|diunggah|"
	"terbit|tanggal terbit|tanggal|dikemas kini|dikemaskini|kemaskini|"
	"tarikh|tarikh terbit",
	"veroffentlicht|aktualisiert|zuletzt aktualisiert|"
	"letzte aktualisierung|erstellt|geandert|stand|datum",
	"atualizado|atualizada|ultima atualizacao|data de publicacao|data",
	"pubblicato|pubblicata|aggiornato|aggiornata|ultimo aggiornamento|"
	"data di pubblicazione",
	"تاريخ النشر|نشر|نشرت|تم النشر|آخر تحديث|تحديث|التاريخ",
	"เผยแพร่|เผยแพร่เมื่อ|วันที่เผยแพร่|อัปเดต|อัพเดต|อัพเดท|อัปเดตล่าสุด|อัพเดทล่าสุด|"
	"ปรับปรุงล่าสุด|แก้ไขล่าสุด|โพสต์เมื่อ",
	"公開日|公開日時|公開|配信|配信日時|掲載日|投稿日|更新日|更新日時|"
	"最終更新",
	"입력|기사입력|등록|등록일|송고시간|수정|최종수정|업데이트|작성일",
};

/* Before a name, with a colon. */
static const char *const credits[] = {
	"source|editor|editors|author|reporter|writer|by",
	"nguon|tac gia|bien tap|bien tap vien|phong vien",
	"来源|责任编辑|编辑|责编|作者|记者|來源|責任編輯|編輯|記者|文章来源|"
	"稿源",
	"menbe|muellif|redaktor",
	"источник|автор|редактор",
	"fuente|autor|autora|editora|fonte|autore",
	"auteur|kaynak|yazar|sumber|penulis|quelle",
	"기자|출처",
};

static size_t words_at(const char *const *rows, size_t n, const char *at)
{
	struct probe probe;
	size_t i, len, most = 0;

	if (!probe_make(&probe, at))
		return 0;
	for (i = 0; i < n; i++) {
		len = probe_any(&probe, rows[i]);
		if (len > most)
			most = len;
	}
	return most;
}

static const char *without_label(const char *line)
{
	size_t len = words_at(labels, COUNT(labels), line);
	struct parts unused = { 0 };
	const char *end;

	if (len == 0)
		return line;
	line += len;
	/* "Modifié le : 12/10/2025" */
	end = form_match(" %n : ", line, &unused);
	return end != NULL ? end : form_match(" :? ", line, &unused);
}

/* Bytes of "Source: "; 0 if no credit begins there. */
static size_t credit_at(const char *at)
{
	size_t len = words_at(credits, COUNT(credits), at);
	struct parts unused = { 0 };
	const char *end = form_match(" : ", at + len, &unused);

	return len > 0 && end != NULL ? (size_t)(end - at) : 0;
}

static size_t digit_from(const char *at)
{
	size_t n = 0, len;

	while (at[n] != '\0' && form_digit(at + n, &len) < 0)
		n += len;
	return n;
}

/* A name in front ends at a bar, or where the numbers begin. */
static const char *without_front(const char *line)
{
	size_t len = credit_at(line), digit, bar;

	if (len == 0)
		return line;
	digit = digit_from(line + len);
	bar = strcspn(line + len, "|");
	if (bar < digit)
		return line + len + bar + 1;
	return digit > 0 ? line + len + digit : line;
}

/* Where the credit behind the date begins: what has a number may be another
   date. */
static size_t back_of(const char *line)
{
	size_t at;

	for (at = 1; line[at] != '\0'; at++) {
		if (strchr(" |(", line[at - 1]) != NULL &&
		    credit_at(line + at) > 0 &&
		    line[at + digit_from(line + at)] == '\0')
			return at;
	}
	return at;
}

const char *label_bare(struct dl_job *job, const char *line)
{
	const char *bare = without_label(without_front(line));
	size_t end;

	bare += strspn(bare, " |");
	bare = without_label(bare);
	if (*bare == '\0')
		return line;
	end = back_of(bare);
	if (bare == line && line[end] == '\0')
		return line;
	while (bare[end] != '\0' && strchr(" |-(", bare[end - 1]) != NULL)
		end--;
	return job_copy(job, bare, end);
}
