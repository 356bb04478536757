/**
 * Words that tell something by themselves, in English and Thai and, fewer, in a dozen other
 * languages. `words` are whole words of spaced scripts, `parts` stand anywhere in unspaced ones.
 */
export const LEXICON = {
  programming: {
    words:
      'python javascript typescript java kotlin swift rust golang php ruby perl scala haskell elixir lua matlab sql html css react vue angular svelte node nodejs django flask fastapi rails spring express laravel nextjs docker dockerfile kubernetes terraform ansible bash shell powershell regex git github gitlab npm pip pandas numpy pytorch tensorflow postgres postgresql mysql sqlite mongodb redis kafka graphql api endpoint function method class variable script compiler debug bug stacktrace unittest pytest jest webpack vite cmake makefile yaml json xml async await pointer mutex thread recursion algorithm array string boolean integer loop query schema refactor codebase repo commit middleware decorator struct enum nginx cron bash leetcode dataframe div flexbox tailwind selenium arduino esp excel vba código funktion codigo fonction función funcao função skript klasse clase classe datenbank programa abfrage consulta requête код функция функцию скрипт программу базы запрос класс كود دالة برنامج कोड फ़ंक्शन hàm lệnh kode fungsi skrip',
    parts:
      'โค้ด เขียนโปรแกรม ฟังก์ชัน สคริปต์ ดีบัก บั๊ก คอมไพล์ ตัวแปร คิวรี อัลกอริทึม รันไม่ 代码 函数 脚本 程序 报错 数据库 接口 算法 コード 関数 スクリプト プログラム エラー 코드 함수 스크립트 오류 프로그램',
  },
  coding: {
    words:
      'implement debug refactor compile optimize fix code program unittest lint deploy parse function script programa implementa depura corrige optimiza refactoriza escribe implemente débogue implémente corriger programmiere implementiere debugge corrija исправь отладь реализуй напиши оптимизируй',
    parts:
      'เขียนโค้ด เขียนโปรแกรม เขียนฟังก์ชัน เขียนสคริปต์ แก้โค้ด แก้บั๊ก ดีบัก รีวิวโค้ด 写代码 写一个函数 实现 调试 修复 优化代码 代码 报错 编译 函数 実装 デバッグ 구현 디버그 고쳐',
  },
  proof: {
    words:
      'prove proof derive theorem lemma induction contradiction irrational integral derivative equation solve compute calculate matrix eigenvalue polynomial modulo divisible probability triangle perimeter area hypotenuse factorial prime fraction percent percentage average sum product quadratic logarithm converge continuous limit vector determinant algebra geometry calculus demuestra demostrar calcula resuelve ecuación probabilidad raíz derivada démontre prouve calcule résous équation dérivée intégrale probabilité beweise berechne löse gleichung ableitung wahrscheinlichkeit resolva equação докажи вычисли реши уравнение производную интеграл вероятность корень أثبت احسب معادلة सिद्ध हल समीकरण chứng minh giải phương buktikan hitung selesaikan persamaan',
    parts:
      'พิสูจน์ จงหา คำนวณ สมการ อนุพันธ์ ปริพันธ์ อินทิกรัล ลิมิต เมทริกซ์ ความน่าจะเป็น ลำดับเลขคณิต ตรีโกณ รากที่ พหุนาม จำนวนเฉพาะ เซต เท่ากับเท่าใด มีค่าเท่า กี่บาท ร้อยละ ค่าเฉลี่ย สามเหลี่ยม 证明 求解 解方程 导数 积分 概率 计算 等于多少 根号 証明 計算 方程式 微分 積分 確率 解いて 증명 계산 방정식 확률 풀어',
  },
  puzzle: {
    words:
      'puzzle riddle logic deduce conclude valid invalid premise premises knights knaves liar truthful truth plausible sarcastic leftmost rightmost clockwise seating arranged sequence ordering swaps therefore follows entails contradicts paradox prisoner suspect guilty alibi verdict liable liability diagnosis acertijo lógica miente mentiroso énigme logique menteur rätsel logik lügt lügner enigma mente загадку логика лжёт правду لغز पहेली đố logika',
    parts:
      'ปริศนา ตรรกะ เหตุผล สรุปได้หรือไม่ โกหก พูดจริง ผู้ต้องสงสัย วินิจฉัย อนุมาน นั่งเรียง 推理 谜题 说谎 说真话 逻辑 嘘つき 論理 パズル 추론 거짓말 논리 수수께끼',
  },
  planning: {
    words:
      'design architecture architect strategy roadmap plan migration scalable tradeoffs framework policy governance pipeline platform infrastructure stakeholders rollout blueprint redundancy failover compliance budget kpi okr swot diseña planifica estrategia arquitectura conçois stratégie entwirf entwerfe plane strategie architektur projete planeje arquitetura estratégia спроектируй архитектуру стратегию план разработай صمم خطة استراتيجية डिज़ाइन योजना thiết kế chiến lược rancang strategi arsitektur',
    parts:
      'ออกแบบระบบ วางแผน กลยุทธ์ สถาปัตยกรรม นโยบาย แผนธุรกิจ แผนการ โรดแมป วิเคราะห์ 设计一 架构 方案 战略 规划 制定 設計 戦略 計画 설계 전략 계획 아키텍처',
  },
  pulling: {
    words:
      'extract classify categorize label tag identify list parse convert table json csv sentiment entities keywords fields column rows passage paragraph below following context according named extrae clasifica texto extrais classe liste extrahiere klassifiziere extraia classifique извлеки классифицируй найди استخرج صنف निकालो trích xuất ekstrak klasifikasikan',
    parts:
      'ดึงข้อมูล แยกประเภท จำแนก จัดหมวดหมู่ จากข้อความ ตามข้อความ บทความต่อไปนี้ รายชื่อ ความรู้สึกของข้อความ 提取 分类 列出 找出 抽出 分類 추출 분류',
  },
  asking: {
    words:
      'what who when where why which how explain define describe difference meaning mean causes cause history capital invented qué cuál quién cuándo dónde explica cómo porqué quoi quel quelle qui quand explique comment pourquoi was wer wann wo erkläre warum wie welche que qual quem quando onde что кто когда где объясни почему как какой ما من متى أين اشرح لماذا क्या कौन कब कहाँ क्यों gì ai khi đâu giải thích apa siapa kapan mana jelaskan mengapa che cosa chi perché',
    parts:
      'คืออะไร หมายถึง ใครคือ เมื่อไหร่ ที่ไหน ทำไม อธิบาย แตกต่าง ต่างกันอย่างไร ข้อใด เพราะเหตุใด ยังไง 什么是 是什么 为什么 谁 解释 哪个 怎么 とは なぜ 誰 説明 教えて どう 무엇 뭐야 누가 왜 설명 어떻게 이란',
  },
  depth: {
    words:
      'literature sources citations cite systematic survey papers studies bibliography whole entire hundred hundreds pages page book transcript codebase repository dossier filings synthesize comprehensive deep research thesis dissertation chapters volumes archive corpus gigabytes mb gb lines páginas fuentes estudios revisión bibliográfica libro entero revue littérature livre entier seiten quellen literaturübersicht buch gesamte fontes livro inteiro страниц источников источниками обзор литературы книгу صفحة مصادر مراجع पृष्ठ trang tài liệu halaman sumber pustaka',
    parts:
      'งานวิจัย ทบทวนวรรณกรรม แหล่งอ้างอิง ทั้งเล่ม ทั้งหมด หน้า เจาะลึก วิทยานิพนธ์ ทั้งโปรเจกต์ หลายแหล่ง ล้านบรรทัด 文献综述 参考文献 页 整本书 整个代码库 深入研究 文献 出典 ページ 本全体 문헌 출처 페이지 전체',
  },
  shortening: {
    words:
      'summarize summarise summary tldr recap gist brief overview condense shorten takeaways bullets bullet key points highlights minutes resume resumen resumir résume résumé résumer zusammen zusammenfassung fasse kurz resuma resumo кратко перескажи резюме итоги لخص ملخص सारांश संक्षेप tóm tắt ringkas rangkum rangkuman riassumi',
    parts: 'สรุป ย่อความ ใจความสำคัญ ย่อให้ ประเด็นหลัก สั้นๆ 总结 概括 摘要 要点 要約 まとめて 요약 정리해',
  },
  translating: {
    words:
      'translate translation translated thai english french german spanish japanese chinese korean vietnamese arabic russian italian portuguese hindi say localize subtitle traduce traducir traducción traduis traduire übersetze übersetzen traduza traduzir переведи перевод ترجم अनुवाद dịch terjemahkan traduci inglés français español deutsch englisch anglais inglês português английский русский',
    parts:
      'แปล ภาษาอังกฤษ ภาษาไทย ภาษาญี่ปุ่น ภาษาจีน เป็นอังกฤษ เป็นไทย 翻译 译成 英文 中文 日文 翻訳 訳して 英語 日本語に 번역 영어로 한국어로',
  },
  composing: {
    words:
      'write poem story haiku limerick essay blog post caption tweet slogan email letter speech lyrics song script dialogue rewrite rephrase paraphrase proofread polish brainstorm ideas names tagline headline novel character scene tone formal invitation resume cover toast product copy newsletter escribe redacta poema cuento carta correo écris rédige poème histoire lettre mail schreibe verfasse gedicht geschichte brief escreva redija história напиши стихотворение письмо рассказ пост اكتب قصيدة رسالة قصة लिखो कविता कहानी पत्र viết thơ thư truyện tulis buatkan puisi surat cerita scrivi',
    parts:
      'แต่ง เขียนอีเมล เรียบเรียง แคปชั่น กลอน นิทาน เรียงความ บทความ จดหมาย คิดชื่อ สโลแกน ขอไอเดีย เขียนใหม่ สุภาพ คำอวยพร สุนทรพจน์ โพสต์ 写一封 写一首 写一篇 诗 邮件 故事 改写 润色 文案 手紙 詩 メールを 物語 書いて 俳句 써줘 이메일 시를 편지 이야기',
  },
  smalltalk: {
    words:
      'hi hello hey thanks thank bye morning evening night lol haha ok okay please sorry feel feeling lonely sad happy bored love yo sup you your are me my i hola gracias adiós bonjour merci salut hallo danke tschüss olá obrigado obrigada tchau привет спасибо пока مرحبا شكرا नमस्ते धन्यवाद chào ơn halo terima kasih ciao grazie',
    parts:
      'สวัสดี ขอบคุณ หวัดดี ดีจ้า เหงา เบื่อ เหนื่อย คิดถึง ราตรีสวัสดิ์ อรุณสวัสดิ์ 555 โอเค ฝันดี คุยกัน 你好 谢谢 早上好 再见 晚安 哈哈 こんにちは ありがとう おはよう おやすみ 안녕 고마워 감사',
  },
  money: {
    words:
      'dollars cents baht each total left altogether twice half costs cost price buys bought sells sold earns spends pays saves per hour hours minutes miles km kilometers gallons pounds many much remaining more than less',
    parts: 'บาท กิโลเมตร ชั่วโมง ทั้งหมดกี่ เหลือ รวมกัน ราคา ซื้อ ขาย เมตร',
  },
} as const

export type Topic = keyof typeof LEXICON
