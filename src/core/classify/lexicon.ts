/** Words that tell something by themselves, in both languages. Latin ones match whole words, Thai ones any part. */
export const LEXICON = {
  programming: {
    words:
      'python javascript typescript java kotlin swift rust golang c++ php ruby perl scala haskell elixir lua matlab sql html css react vue angular svelte node nodejs django flask fastapi rails spring express laravel nextjs docker dockerfile kubernetes k8s terraform ansible bash shell powershell regex git github gitlab npm pip pandas numpy pytorch tensorflow postgres postgresql mysql sqlite mongodb redis kafka graphql api endpoint function method class variable script compiler debug bug stacktrace unittest pytest jest webpack vite cmake makefile yaml json xml async await pointer mutex thread recursion algorithm array string boolean integer loop query schema refactor codebase repo commit middleware decorator struct enum nginx cron bash leetcode dataframe div flexbox tailwind selenium arduino esp32 excel vba',
    thai: 'โค้ด เขียนโปรแกรม ฟังก์ชัน สคริปต์ ดีบัก บั๊ก คอมไพล์ ตัวแปร คิวรี อัลกอริทึม แก้ error รันไม่',
  },
  coding: {
    words:
      'implement debug refactor compile optimize fix code program unittest lint deploy parse function script',
    thai: 'เขียนโค้ด เขียนโปรแกรม เขียนฟังก์ชัน เขียนสคริปต์ แก้โค้ด แก้บั๊ก ดีบัก รีวิวโค้ด',
  },
  proof: {
    words:
      'prove proof derive theorem lemma induction contradiction irrational integral derivative equation solve compute calculate matrix eigenvalue polynomial modulo divisible probability triangle perimeter area hypotenuse factorial prime fraction percent percentage average sum product quadratic logarithm converge continuous limit vector determinant algebra geometry calculus',
    thai: 'พิสูจน์ จงหา คำนวณ สมการ อนุพันธ์ ปริพันธ์ อินทิกรัล ลิมิต เมทริกซ์ ความน่าจะเป็น ลำดับเลขคณิต ตรีโกณ รากที่ พหุนาม จำนวนเฉพาะ เซต เท่ากับเท่าใด มีค่าเท่า กี่บาท ร้อยละ ค่าเฉลี่ย สามเหลี่ยม',
  },
  puzzle: {
    words:
      'puzzle riddle logic deduce conclude valid invalid premise premises knights knaves liar truthful truth plausible sarcastic leftmost rightmost clockwise seating arranged sequence ordering swaps therefore follows entails contradicts paradox prisoner suspect guilty alibi verdict liable liability diagnosis',
    thai: 'ปริศนา ตรรกะ เหตุผล สรุปได้หรือไม่ โกหก พูดจริง ผู้ต้องสงสัย วินิจฉัย อนุมาน นั่งเรียง',
  },
  planning: {
    words:
      'design architecture architect strategy roadmap plan migration scalable tradeoffs trade-offs framework policy governance pipeline platform infrastructure stakeholders rollout blueprint multi-tenant redundancy failover compliance budget kpi okr go-to-market swot',
    thai: 'ออกแบบระบบ วางแผน กลยุทธ์ สถาปัตยกรรม นโยบาย แผนธุรกิจ แผนการ โรดแมป วิเคราะห์ swot',
  },
  pulling: {
    words:
      'extract classify categorize label tag identify list parse convert table json csv sentiment entities keywords fields column rows passage paragraph below following context according named',
    thai: 'ดึงข้อมูล แยกประเภท จำแนก จัดหมวดหมู่ จากข้อความ ตามข้อความ บทความต่อไปนี้ รายชื่อ ความรู้สึกของข้อความ',
  },
  asking: {
    words:
      'what who when where why which how explain define describe difference meaning mean causes cause history capital invented',
    thai: 'คืออะไร หมายถึง ใครคือ เมื่อไหร่ ที่ไหน ทำไม อธิบาย แตกต่าง ต่างกันอย่างไร ข้อใด เพราะเหตุใด ยังไง',
  },
  depth: {
    words:
      'literature sources citations cite meta-analysis systematic survey papers studies peer-reviewed bibliography whole entire hundred hundreds pages page book transcript codebase repository dossier filings synthesize comprehensive in-depth deep research thesis dissertation chapters volumes archive corpus gigabytes mb gb lines',
    thai: 'งานวิจัย ทบทวนวรรณกรรม แหล่งอ้างอิง ทั้งเล่ม ทั้งหมด หน้า เจาะลึก วิทยานิพนธ์ ทั้งโปรเจกต์ หลายแหล่ง ล้านบรรทัด',
  },
  shortening: {
    words:
      'summarize summarise summary tldr tl;dr recap gist brief overview condense shorten takeaways bullets bullet key points highlights minutes',
    thai: 'สรุป ย่อความ ใจความสำคัญ ย่อให้ ประเด็นหลัก สั้นๆ',
  },
  translating: {
    words:
      'translate translation translated thai english french german spanish japanese chinese korean vietnamese arabic russian italian portuguese hindi say localize subtitle',
    thai: 'แปล ภาษาอังกฤษ ภาษาไทย ภาษาญี่ปุ่น ภาษาจีน เป็นอังกฤษ เป็นไทย',
  },
  composing: {
    words:
      'write poem story haiku limerick essay blog post caption tweet slogan email letter speech lyrics song script dialogue rewrite rephrase paraphrase proofread polish brainstorm ideas names tagline headline novel character scene tone formal invitation resume cover toast product copy newsletter',
    thai: 'แต่ง เขียนอีเมล เรียบเรียง แคปชั่น กลอน นิทาน เรียงความ บทความ จดหมาย คิดชื่อ สโลแกน ขอไอเดีย เขียนใหม่ สุภาพ คำอวยพร สุนทรพจน์ โพสต์',
  },
  smalltalk: {
    words:
      'hi hello hey thanks thank bye morning evening night lol haha ok okay please sorry feel feeling lonely sad happy bored love yo sup you your are me my i',
    thai: 'สวัสดี ขอบคุณ หวัดดี ดีจ้า เหงา เบื่อ เหนื่อย คิดถึง ราตรีสวัสดิ์ อรุณสวัสดิ์ 555 โอเค ฝันดี คุยกัน',
  },
  money: {
    words:
      'dollars cents baht each total left altogether twice half costs cost price buys bought sells sold earns spends pays saves per hour hours minutes miles km kilometers gallons pounds many much remaining more than less',
    thai: 'บาท กิโลเมตร ชั่วโมง ทั้งหมดกี่ เหลือ รวมกัน ราคา ซื้อ ขาย เมตร',
  },
} as const

export type Word = keyof typeof LEXICON
