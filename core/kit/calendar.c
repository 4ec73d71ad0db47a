/*
 * The words of dates, a row for each language. They stand as fold_word() has
 * them, without marks and capitals; `|` is between two words for the same, and
 * a space where a space, a hyphen or a full stop may stand.
 */
#include <string.h>
#include <strings.h>

#include "core/base/arena.h"
#include "core/base/fold.h"
#include "core/base/time.h"
#include "core/kit/calendar.h"
#include "core/kit/probe.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

struct language {
	const char *code;
	const char *months[12];
	const char *weekdays[7]; /* from Monday on */
	const char *endings;     /* that a month may have: cases */
};

static const struct language languages[] = {
	{ "en",
	    { "january|jan", "february|feb", "march|mar", "april|apr", "may",
		"june|jun", "july|jul", "august|aug", "september|sept|sep",
		"october|oct", "november|nov", "december|dec" },
	    { "monday|mon", "tuesday|tues|tue", "wednesday|weds|wed",
		"thursday|thurs|thur|thu", "friday|fri", "saturday|sat",
		"sunday|sun" } },
	{ "vi",
	    { "thang mot|thang gieng", "thang hai", "thang ba",
		"thang tu|thang bon", "thang nam", "thang sau", "thang bay",
		"thang tam", "thang chin", "thang muoi", "thang muoi mot",
		"thang muoi hai" },
	    { "thu hai", "thu ba", "thu tu", "thu nam", "thu sau", "thu bay",
		"chu nhat|chua nhat|cn" } },
	{ "az",
	    { "yanvar|yan", "fevral|fev", "mart|mar", "aprel|apr", "may",
		"iyun|iyn", "iyul|iyl", "avqust|avq", "sentyabr|sent|sen",
		"oktyabr|okt", "noyabr|noy", "dekabr|dek" },
	    { "bazar ertesi", "cersenbe axsami", "cersenbe", "cume axsami",
		"cume", "senbe", "bazar" },
	    "in|un|a|e|i|u|da|de|dan|den" },
	{ "zh",
	    { "一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月",
		"九月", "十月", "十一月", "十二月" },
	    { "星期一|周一|週一|礼拜一|禮拜一",
		"星期二|周二|週二|礼拜二|禮拜二",
		"星期三|周三|週三|礼拜三|禮拜三",
		"星期四|周四|週四|礼拜四|禮拜四",
		"星期五|周五|週五|礼拜五|禮拜五",
		"星期六|周六|週六|礼拜六|禮拜六",
		"星期日|星期天|周日|週日|周天|礼拜日|礼拜天|禮拜日|禮拜天" } },
	{ "ru",
	    { "января|январь|январе|январю|январем|янв",
		"февраля|февраль|феврале|февралю|февралем|февр|фев",
		"марта|март|марте|марту|мартом|мар",
		"апреля|апрель|апреле|апрелю|апрелем|апр",
		"мая|май|мае|маю|маем", "июня|июнь|июне|июню|июнем|июн",
		"июля|июль|июле|июлю|июлем|июл",
		"августа|август|августе|августу|августом|авг",
		"сентября|сентябрь|сентябре|сентябрю|сентябрем|сент|сен",
		"октября|октябрь|октябре|октябрю|октябрем|окт",
		"ноября|ноябрь|ноябре|ноябрю|ноябрем|нояб|ноя",
		"декабря|декабрь|декабре|декабрю|декабрем|дек" },
	    { "понедельник|пн|пон|пнд", "вторник|вт|втр|втн",
		"среда|среду|ср|срд", "четверг|чт|чет|чтв",
		"пятница|пятницу|пт|птн|пят", "суббота|субботу|сб|сбт|суб",
		"воскресенье|воскресение|вс|вск" } },
	{ "fr",
	    { "janvier|janv|jan", "fevrier|fevr|fev", "mars", "avril|avr",
		"mai", "juin", "juillet|juil", "aout", "septembre|sept",
		"octobre|oct", "novembre|nov", "decembre|dec" },
	    { "lundi|lun", "mardi|mar", "mercredi|mer", "jeudi|jeu",
		"vendredi|ven", "samedi|sam", "dimanche|dim" } },
	{ "es",
	    { "enero|ene", "febrero|feb", "marzo|mar", "abril|abr", "mayo|may",
		"junio|jun", "julio|jul", "agosto|ago",
		"septiembre|setiembre|sept|sep|set", "octubre|oct",
		"noviembre|nov", "diciembre|dic" },
	    { "lunes|lun", "martes|mar", "miercoles|mie", "jueves|jue",
		"viernes|vie", "sabado|sab", "domingo|dom" } },
	{ "tr",
	    { "ocak|oca", "subat|sub", "mart|mar", "nisan|nis", "mayis|may",
		"haziran|haz", "temmuz|tem", "agustos|agu", "eylul|eyl",
		"ekim|eki", "kasim|kas", "aralik|ara" },
	    { "pazartesi|pzt", "sali|sal", "carsamba|car", "persembe|per",
		"cuma|cum", "cumartesi|cmt", "pazar|paz" } },
	{ "id",
	    { "januari|jan", "februari|pebruari|feb|peb", "maret|mar",
		"april|apr", "mei", "juni|jun", "juli|jul",
		"agustus|agt|agu|ags", "september|sept|sep", "oktober|okt",
		"november|nopember|nov|nop", "desember|des" },
	    { "senin|sen", "selasa|sel", "rabu|rab", "kamis|kam",
		"jumat|jum at|jum", "sabtu|sab", "minggu|ahad|min" } },
	{ "ms",
	    { "januari|jan", "februari|feb", "mac", "april|apr", "mei", "jun",
		"julai", "ogos|ogo", "september|sep", "oktober|okt",
		"november|nov", "disember|dis" },
	    { "isnin|isn", "selasa|sel", "rabu|rab", "khamis|kha", "jumaat|jum",
		"sabtu|sab", "ahad|ahd" } },
	{ "de",
	    { "januar|janner|jan|jan", "februar|feb", "marz|maerz|mrz|mar",
		"april|apr", "mai", "juni|jun", "juli|jul", "august|aug",
		"september|sept|sep", "oktober|okt", "november|nov",
		"dezember|dez" },
	    { "montag|mo", "dienstag|di", "mittwoch|mi", "donnerstag|do",
		"freitag|fr", "samstag|sonnabend|sa", "sonntag|so" } },
	{ "pt",
	    { "janeiro|jan", "fevereiro|fev", "marco|mar", "abril|abr",
		"maio|mai", "junho|jun", "julho|jul", "agosto|ago",
		"setembro|set", "outubro|out", "novembro|nov", "dezembro|dez" },
	    { "segunda feira|segunda|seg", "terca feira|terca|ter",
		"quarta feira|quarta|qua", "quinta feira|quinta|qui",
		"sexta feira|sexta|sex", "sabado|sab", "domingo|dom" } },
	{ "it",
	    { "gennaio|gen", "febbraio|feb", "marzo|mar", "aprile|apr",
		"maggio|mag", "giugno|giu", "luglio|lug", "agosto|ago",
		"settembre|sett|set", "ottobre|ott", "novembre|nov",
		"dicembre|dic" },
	    { "lunedi|lun", "martedi|mar", "mercoledi|mer", "giovedi|gio",
		"venerdi|ven", "sabato|sab", "domenica|dom" } },
	{ "ar",
	    { "يناير|كانون الثاني|جانفي", "فبراير|شباط|فيفري", "مارس|آذار|اذار",
		"أبريل|ابريل|إبريل|نيسان|أفريل", "مايو|أيار|ايار|ماي",
		"يونيو|يونيه|حزيران|جوان", "يوليو|يوليه|تموز|جويلية",
		"أغسطس|اغسطس|آب|أوت", "سبتمبر|أيلول|ايلول",
		"أكتوبر|اكتوبر|تشرين الأول|تشرين الاول", "نوفمبر|تشرين الثاني",
		"ديسمبر|كانون الأول|كانون الاول" },
	    { "الاثنين|الإثنين", "الثلاثاء", "الأربعاء|الاربعاء", "الخميس",
		"الجمعة", "السبت", "الأحد|الاحد" } },
	{ "th",
	    { "มกราคม|ม.ค.", "กุมภาพันธ์|ก.พ.", "มีนาคม|มี.ค.", "เมษายน|เม.ย.",
		"พฤษภาคม|พ.ค.", "มิถุนายน|มิ.ย.", "กรกฎาคม|ก.ค.", "สิงหาคม|ส.ค.",
		"กันยายน|ก.ย.", "ตุลาคม|ต.ค.", "พฤศจิกายน|พ.ย.", "ธันวาคม|ธ.ค." },
	    { "วันจันทร์|จันทร์|จ.", "วันอังคาร|อังคาร|อ.", "วันพุธ|พุธ|พ.",
		"วันพฤหัสบดี|พฤหัสบดี|วันพฤหัส|พฤหัส|พฤ.", "วันศุกร์|ศุกร์|ศ.",
		"วันเสาร์|เสาร์|ส.", "วันอาทิตย์|อาทิตย์|อา." } },
	{ "lo",
	    { "ມັງກອນ", "ກຸມພາ", "ມີນາ", "ເມສາ", "ພຶດສະພາ", "ມິຖຸນາ", "ກໍລະກົດ", "ສິງຫາ",
		"ກັນຍາ", "ຕຸລາ", "ພະຈິກ", "ທັນວາ" },
	    { "ວັນຈັນ", "ວັນອັງຄານ", "ວັນພຸດ", "ວັນພະຫັດ", "ວັນສຸກ", "ວັນເສົາ",
		"ວັນອາທິດ" } },
	{ "km",
	    { "មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា", "កក្កដា", "សីហា",
		"កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ" },
	    { "ថ្ងៃចន្ទ", "ថ្ងៃអង្គារ", "ថ្ងៃពុធ", "ថ្ងៃព្រហស្បតិ៍", "ថ្ងៃសុក្រ", "ថ្ងៃសៅរ៍",
		"ថ្ងៃអាទិត្យ" } },
	{ "fa",
	    { "ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه|جولای",
		"اوت|آگوست", "سپتامبر", "اکتبر", "نوامبر", "دسامبر" },
	    { "دوشنبه", "سه شنبه|سهشنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه",
		"یکشنبه" } },
	{ "uk",
	    { "січня", "лютого", "березня", "квітня", "травня", "червня",
		"липня", "серпня", "вересня", "жовтня", "листопада", "грудня" },
	    { "понеділок", "вівторок", "середа", "четвер", "п ятниця", "субота",
		"неділя" } },
	{ "pl",
	    { "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca",
		"lipca", "sierpnia", "wrzesnia", "pazdziernika", "listopada",
		"grudnia" },
	    { "poniedzialek", "wtorek", "sroda", "czwartek", "piatek", "sobota",
		"niedziela" } },
	{ "nl",
	    { "januari", "februari", "maart", "april", "mei", "juni", "juli",
		"augustus", "september", "oktober", "november", "december" },
	    { "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag",
		"zaterdag", "zondag" } },
	{ "ja", { "" },
	    { "月曜日|月曜|月", "火曜日|火曜|火", "水曜日|水曜|水",
		"木曜日|木曜|木", "金曜日|金曜|金", "土曜日|土曜|土",
		"日曜日|日曜|日" } },
	{ "ko", { "" },
	    { "월요일|월", "화요일|화", "수요일|수", "목요일|목", "금요일|금",
		"토요일|토", "일요일|일" } },
};

/* What a page writes before the date of a story, with or without a colon. A row
   for each language. */
static const char *const labels[] = {
	"published|first published|originally published|publish date|"
	"publication date|date published|published date|published time|"
	"publish time|pubdate|pub date|posted|post date|date posted|"
	"posted date|updated|last updated|update|last update|updated date|"
	"update time|date updated|published at|updated at|posted at|"
	"created at|modified|last modified|date modified|created|"
	"date created|uploaded|upload date|released|release date|"
	"release time|issued|date issued|filed|date|time|timestamp|"
	"update date|date of update|news date|article date|story date|"
	"date and time|date of publication|publication time|"
	"date and time of publication|submitted|added|date added|edited|"
	"last edited|revised|last revised|modified date|modified at|"
	"page last updated|page updated|published online|last updated date|"
	"last modified date|date last updated|release|issued at|"
	"uploaded at|written|first posted|post time|posting date|"
	"upload time|created date|creation date|date of issue|"
	"date of release|time of publication|updated time|last update time",
	"cap nhat|cap nhat lan cuoi|cap nhat moi nhat|ngay cap nhat|"
	"lan cap nhat cuoi|cap nhat cuoi|da cap nhat|duoc cap nhat|da dang|"
	"duoc dang|ngay dang tin|ngay dang bai|thoi gian cap nhat|dang|"
	"dang tai|ngay dang|ngay dang tai|thoi gian dang|"
	"thoi gian dang tai|xuat ban|ngay xuat ban|phat hanh|"
	"ngay phat hanh|ngay ban hanh|ngay tao|ngay gui|gui|thoi gian|ngay|"
	"thoi diem|ngay gio|ngay dang bai viet|ngay viet|"
	"thoi gian xuat ban|thoi gian tao|gio dang|sua lan cuoi|chinh sua|"
	"ngay chinh sua|ngay sua|lan cuoi cap nhat|ngay cap nhat cuoi|"
	"duoc cap nhat lan cuoi|ngay dua tin|dua tin|ngay cong bo|cong bo|"
	"len trang|ngay len trang|cap nhat gan nhat|phat song|"
	"ngay phat song",
	"发布时间|发布日期|发布于|发布|发表时间|发表日期|发表于|更新时间|"
	"更新日期|更新于|更新|最后更新|最后更新时间|时间|日期|刊发时间|"
	"发稿时间|创建时间|修改时间|上传时间|成文日期|发文日期|录入时间|"
	"添加时间|最近更新|最近更新时间|最后修改|最后修改时间|修改日期|"
	"创建日期|公布日期|公布时间|公开日期|印发日期|信息时间|上传日期|"
	"发稿日期|刊登日期|出版日期|生成日期|发文时间|发帖时间|发表|已更新|"
	"首发时间|首次发布",
	"發布時間|發佈時間|發布日期|發佈日期|發布|發佈|發表時間|更新時間|"
	"最後更新|最後更新時間|時間|發稿時間|建立時間|張貼日期|刊登日期|"
	"發表日期|發表於|發布於|發佈於|更新日期|更新於|更新|最後修改|"
	"建立日期|出版日期|上傳時間|上架時間|日期|發稿日期|公布日期|"
	"刊登時間",
	"yenilenib|son yenilenme|yenilenme tarixi|derc olunub|derc edilib|"
	"derc tarixi|derc olunma tarixi|nesr olunub|nesr tarixi|"
	"elave olunub|elave edilib|yayimlanib|yayimlanma tarixi|tarix|"
	"yenileme|son yenileme|son deyisiklik|yayimlandi|yayim tarixi|"
	"paylasilib|paylasilma tarixi|yerlesdirilib|yerlesdirilme tarixi|"
	"tarix ve saat|vaxt|nesr edilib|hazirlanib|son yenilenme tarixi|"
	"elave olunma tarixi|derc edilme tarixi|nesr olunma tarixi",
	"отправлено|опубликовано|обновлено|дата публикации|дата обновления|"
	"дата изменения|время публикации|последнее обновление|размещено|"
	"создано|изменено|добавлено|дата|дата и время|время|публикация|"
	"дата создания|дата размещения|дата добавления|дата выхода|"
	"дата выпуска|последнее изменение|последние изменения|"
	"время обновления|время создания|время размещения|опубликована|"
	"опубликован|обновлена|обновлен|размещена|создана|изменена|изменен|"
	"добавлена|отредактировано|дата последнего обновления|"
	"дата последнего изменения|последняя редакция|впервые опубликовано|"
	"выпущено|дата и время публикации",
	"publie|mis a jour|mise a jour|derniere mise a jour|mis en ligne|"
	"date de publication|modifie|cree|paru|poste|actualise|publiee|"
	"derniere modification|modifiee|date de mise a jour|"
	"date de parution|date de creation|parution|publication|date|"
	"actualisee|derniere actualisation|postee|date de modification|"
	"mise en ligne|creee",
	"publicado|publicada|actualizado|actualizada|ultima actualizacion|"
	"actualizacion|fecha de publicacion|fecha|creado|modificado|"
	"fecha de actualizacion|fecha de modificacion|fecha de creacion|"
	"ultima modificacion|publicacion|creada|modificada|fecha y hora|"
	"subido|fecha de emision|publicado por primera vez|"
	"primera publicacion",
	"yayin|yayinlanma|yayinlanma tarihi|yayin tarihi|yayinlandi|"
	"guncelleme|guncelleme tarihi|guncellenme tarihi|guncellendi|"
	"son guncelleme|son guncellenme|olusturulma tarihi|eklenme tarihi|"
	"giris|giris tarihi|tarih|son guncelleme tarihi|"
	"son guncellenme tarihi|yayinlanma zamani|yayinlanma saati|"
	"yayim tarihi|yayimlanma|yayimlanma tarihi|yayimlandi|"
	"olusturma tarihi|olusturulma|eklenme|eklendi|guncellenme|"
	"haber tarihi|haber giris tarihi|haber giris|kayit tarihi|"
	"ilk yayin|ilk yayinlanma|duzenlenme tarihi|tarih ve saat|"
	"son degisiklik",
	"diperbarui|terakhir diperbarui|diterbitkan|dipublikasikan|"
	"diunggah|terbit|tanggal terbit|tanggal|dikemas kini|dikemaskini|"
	"kemaskini|tarikh|tarikh terbit|tayang|ditayangkan|tanggal tayang|"
	"diperbaharui|terakhir diperbaharui|pembaruan|pembaruan terakhir|"
	"dimuat|ditulis|dibuat|tanggal publikasi|tanggal posting|diposting|"
	"diubah|terakhir diubah|dirilis|tanggal rilis|dipublikasi|"
	"publikasi|update terakhir|terakhir diupdate|diupdate|waktu|"
	"hari tanggal|diterbitkan pada|tarikh kemaskini|tarikh dikemaskini|"
	"terakhir dikemas kini|disiarkan|tarikh siaran",
	"veroffentlicht|aktualisiert|zuletzt aktualisiert|"
	"letzte aktualisierung|erstellt|geandert|stand|datum|"
	"veroffentlichung|veroffentlichungsdatum|letzte anderung|"
	"zuletzt geandert|aktualisierung|publiziert|erschienen|"
	"erscheinungsdatum|erstellungsdatum|eingestellt|"
	"erstveroffentlichung|letztes update|update",
	"atualizado|atualizada|ultima atualizacao|data de publicacao|data|"
	"criado|criada|modificado|modificada|publicacao|postado|"
	"data de atualizacao|ultima modificacao|alterado|ultima alteracao|"
	"data da publicacao|inserido|atualizacao",
	"pubblicato|pubblicata|aggiornato|aggiornata|ultimo aggiornamento|"
	"data di pubblicazione|ultima modifica|data pubblicazione|"
	"data di aggiornamento|data aggiornamento|modificato|creato|"
	"inserito|aggiornamento|pubblicazione|ultimo agg|"
	"data ultimo aggiornamento",
	"تاريخ النشر|نشر|نشرت|تم النشر|آخر تحديث|تحديث|التاريخ|"
	"تاريخ التحديث|نشر بتاريخ|تم التحديث|آخر تعديل|تاريخ الإضافة|أضيف|"
	"نُشر|تم النشر بتاريخ|تاريخ|حرر|وقت النشر|التوقيت|تاريخ الخبر",
	"เผยแพร่|เผยแพร่เมื่อ|วันที่เผยแพร่|อัปเดต|อัพเดต|อัพเดท|อัปเดตล่าสุด|"
	"อัพเดทล่าสุด|ปรับปรุงล่าสุด|แก้ไขล่าสุด|โพสต์เมื่อ|เผยแพร่วันที่|วันที่|"
	"อัปเดตเมื่อ|อัพเดทเมื่อ|ปรับปรุงเมื่อ|วันที่ปรับปรุง|โพสต์|ลงวันที่|"
	"วันที่โพสต์|แก้ไขเมื่อ|ปรับปรุง",
	"公開日|公開日時|公開|配信|配信日時|掲載日|投稿日|更新日|更新日時|"
	"最終更新|最終更新日|最終更新日時|配信日|掲載|掲載日時|投稿|"
	"投稿日時|更新|発表日|発表|発行日|作成日|初版|登録日|発信日|"
	"配信時刻",
	"입력|기사입력|등록|등록일|송고시간|수정|최종수정|업데이트|작성일|"
	"게시|게시일|작성|작성일시|등록일시|기사등록|기사수정|기사승인|"
	"승인|발행|발행일|최초입력|최초등록|마지막 업데이트|송고|수정일|"
	"업로드|날짜|입력시간|등록시간|수정시간|기사입력시간|기사전송|전송|"
	"최종업데이트|최종 수정|최초 입력|최종 업데이트",
	"تاریخ انتشار|تاریخ|زمان انتشار|انتشار|به روز رسانی|"
	"تاریخ به روز رسانی|آخرین به روز رسانی",
	"опубліковано|оновлено|дата публікації|дата оновлення|"
	"останнє оновлення|створено|змінено|додано",
	"opublikowano|data publikacji|aktualizacja|ostatnia aktualizacja|"
	"zaktualizowano|dodano|utworzono|data dodania",
	"gepubliceerd|bijgewerkt|laatst bijgewerkt|laatste update|"
	"geplaatst|aangepast|gewijzigd|laatst gewijzigd|publicatiedatum",
};

/* What it writes before the name of who made it, with a colon. */
static const char *const credits[] = {
	"source|sources|editor|editors|author|authors|reporter|writer|by",
	"nguon|nguon tin|tac gia|bien tap|bien tap vien|phong vien",
	"来源|责任编辑|编辑|责编|作者|记者|稿源|供稿|校对|审核",
	"文章来源|信息来源|新闻来源|消息来源",
	"來源|責任編輯|編輯|記者|資料來源|新聞來源",
	"menbe|muellif|redaktor|muxbir",
	"источник|автор|редактор|корреспондент",
	"fuente|autor|autora|editora|fonte|autore|por|redaccion",
	"auteur|kaynak|yazar|muhabir|sumber|penulis|pewarta|quelle",
	"기자|출처",
	"المصدر|الكاتب|المحرر",
	"ที่มา|ผู้เขียน",
	"出典|提供",
};

/*
 * Halves of the day as clocks of 12 hours have them, and what people call its
 * parts: these also stand with hours of 24, "15h24 chiều". 12 at night is the
 * end of a day or its beginning, so it is neither.
 */
static const struct calendar_part parts[] = {
	{ "am|a m", 0, 11, 0, 12, true },
	{ "pm|p m", 12, 23, 12, 12, true },
	/* Vietnamese: as Windows prints them, and in words */
	{ "sa", 0, 11, 0, 12 },
	{ "ch", 12, 23, 12, 12 },
	{ "sang", 0, 11, -1, 23 },
	{ "trua", 10, 14, 12, 23 },
	{ "chieu", 12, 19, 12, 23 },
	{ "toi", 17, 23, -1, 23 },
	{ "dem", 19, 23, -1, 23 },
	/* Chinese and Japanese */
	{ "凌晨", 0, 6, 0, 23 },
	{ "清晨|早晨|早上|早", 3, 11, -1, 23 },
	{ "上午|午前", 0, 12, 0, 12 },
	{ "中午", 10, 14, 12, 23 },
	{ "下午|午後", 12, 23, 12, 23 },
	{ "傍晚", 15, 20, -1, 23 },
	{ "晚上|晚间|晚間|晚|夜间|深夜", 17, 23, -1, 23 },
	/* Korean */
	{ "오전", 0, 11, 0, 12 },
	{ "오후", 12, 23, 12, 23 },
	/* Russian */
	{ "утра", 0, 11, -1, 12 },
	{ "дня", 12, 18, 12, 23 },
	{ "вечера", 15, 23, -1, 23 },
	{ "ночи", 0, 5, -1, 12 },
	/* Turkish: öğleden önce, öğleden sonra */
	{ "oo", 0, 11, 0, 12 },
	{ "os", 12, 23, 12, 12 },
	/* Spanish and Portuguese */
	{ "de la manana|da manha", 0, 11, -1, 12 },
	{ "de la tarde|da tarde", 12, 20, 12, 23 },
	{ "de la noche|da noite", 18, 23, -1, 23 },
	/* Indonesian and Malay */
	{ "pagi|pg", 0, 11, 0, 12 },
	{ "siang", 10, 15, 12, 23 },
	{ "sore|petang|ptg", 12, 19, 12, 23 },
	{ "malam", 18, 23, -1, 23 },
	/* Arabic */
	{ "ص|صباحا|صباحًا|صباحاً", 0, 11, 0, 12 },
	{ "م|مساء|مساءً|مساءا", 12, 23, 12, 12 },
};

/* Who writes 05/09/2026 in which order. English without a region is written in
   both, and says nothing; where the year comes first nobody knows. */
static const struct {
	const char *language;
	enum calendar_order order;
	bool anywhere; /* in all its regions */
} orders[] = {
	{ "en-US", CALENDAR_MONTH },
	{ "en-PH", CALENDAR_MONTH },
	{ "es-US", CALENDAR_MONTH },
	{ "fil", CALENDAR_MONTH, true },
	{ "en", CALENDAR_UNSAID },
	{ "zh", CALENDAR_UNSAID, true },
	{ "ja", CALENDAR_UNSAID, true },
	{ "ko", CALENDAR_UNSAID, true },
};

static size_t stop_skip(const char *text, size_t len)
{
	return len + (len > 0 && text[len] == '.');
}

/* ---- names ---- */

enum kind { MONTHS, WEEKDAYS, LABELS, CREDITS, N_KINDS };

struct name {
	const char *words;
	size_t size;
	int means;
	const struct language *language;
	const struct name *next; /* with the same first byte */
};

struct calendar {
	const struct name *first[N_KINDS][256];
};

static void names_add(struct calendar *calendar, struct arena *arena,
    enum kind kind, const struct name *like)
{
	const char *all = like->words;

	while (all != NULL && *all != '\0') {
		struct name *name = arena_alloc(arena, sizeof(*name));
		const struct name **first =
		    &calendar->first[kind][(unsigned char)*all];

		*name = *like;
		name->words = all;
		name->size = strcspn(all, "|");
		name->next = *first;
		*first = name;
		all += name->size + (all[name->size] == '|');
	}
}

static void rows_add(struct calendar *calendar, struct arena *arena,
    enum kind kind, const char *const *rows, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		names_add(calendar, arena, kind,
		    &(struct name){ .words = rows[i],
			.means = 1,
			.language = &languages[0] });
}

const struct calendar *calendar_new(struct arena *arena)
{
	struct calendar *calendar = arena_alloc(arena, sizeof(*calendar));
	size_t i;
	int k;

	rows_add(calendar, arena, LABELS, labels, COUNT(labels));
	rows_add(calendar, arena, CREDITS, credits, COUNT(credits));
	for (i = 0; i < COUNT(languages); i++) {
		const struct language *language = &languages[i];

		for (k = 0; k < 12; k++)
			names_add(calendar, arena, MONTHS,
			    &(struct name){ .words = language->months[k],
				.means = k + 1,
				.language = language });
		for (k = 0; k < 7; k++)
			names_add(calendar, arena, WEEKDAYS,
			    &(struct name){ .words = language->weekdays[k],
				.means = k + 1,
				.language = language });
	}
	return calendar;
}

/* A month that has one of its language's endings: "oktyabrın". */
static size_t ended_match(const struct probe *probe, const struct name *name)
{
	const char *ending = name->language->endings, *rest;

	if (ending == NULL || probe->used == 0 ||
	    strncmp(probe->key, name->words, name->size) != 0)
		return 0;
	rest = probe->key + name->size;
	while (*ending != '\0') {
		size_t len = strcspn(ending, "|");

		if (strlen(rest) == len && memcmp(rest, ending, len) == 0)
			return probe->used;
		ending += len + (ending[len] == '|');
	}
	return 0;
}

/* The longest; of two, the one that stands first in the table. */
static struct calendar_name name_find(
    const struct calendar *calendar, enum kind kind, const char *text)
{
	struct calendar_name found = { 0 };
	const struct name *name;
	struct probe probe;
	size_t len;

	if (!probe_make(&probe, text))
		return found;
	name = calendar->first[kind][(
	    unsigned char)(probe.used > 0 ? *probe.key : *text)];
	for (; name != NULL; name = name->next) {
		len = probe_match(&probe, name->words, name->size);
		if (len == 0 && kind == MONTHS)
			len = ended_match(&probe, name);
		if (len > 0 && len >= found.len)
			found = (struct calendar_name){ name->means, len,
				name->language->code };
	}
	found.len = stop_skip(text, found.len);
	return found;
}

struct calendar_name calendar_month(
    const struct calendar *calendar, const char *text)
{
	return name_find(calendar, MONTHS, text);
}

struct calendar_name calendar_weekday(
    const struct calendar *calendar, const char *text)
{
	return name_find(calendar, WEEKDAYS, text);
}

size_t calendar_label(const struct calendar *calendar, const char *text)
{
	return name_find(calendar, LABELS, text).len;
}

size_t calendar_credit(const struct calendar *calendar, const char *text)
{
	return name_find(calendar, CREDITS, text).len;
}

/* ---- parts of the day ---- */

const struct calendar_part *calendar_part(const char *text, size_t *len)
{
	const struct calendar_part *found = NULL;
	struct probe probe;
	size_t i, matched;

	*len = 0;
	if (!probe_make(&probe, text))
		return NULL;
	for (i = 0; i < COUNT(parts); i++) {
		matched = probe_any(&probe, parts[i].words);
		if (matched > *len) {
			*len = matched;
			found = &parts[i];
		}
	}
	*len = stop_skip(text, *len);
	return found;
}

int calendar_hour(const struct calendar_part *part, int hour)
{
	if (hour > part->most)
		return -1;
	if (hour == 12)
		return part->twelve;
	if (hour >= part->first && hour <= part->last)
		return hour;
	/* There is no 0 PM where clocks go to 12. */
	if (hour == 0 && part->most == 12)
		return -1;
	hour += 12;
	return hour >= part->first && hour <= part->last ? hour : -1;
}

/* ---- orders ---- */

/* "zh" and "zh-CN" are in "zh". */
static bool is_in(const char *language, const char *whole)
{
	size_t len = strlen(whole);

	return strncasecmp(language, whole, len) == 0 &&
	    (language[len] == '\0' || language[len] == '-');
}

enum calendar_order calendar_order(const char *language)
{
	size_t i;

	if (language == NULL)
		return CALENDAR_UNSAID;
	for (i = 0; i < COUNT(orders); i++) {
		if (orders[i].anywhere
			? is_in(language, orders[i].language)
			: strcasecmp(language, orders[i].language) == 0)
			return orders[i].order;
	}
	return CALENDAR_DAY;
}

bool calendar_is_buddhist(const char *language)
{
	return language != NULL && is_in(language, "th");
}
