import { between, choose, type Random, shuffled } from './random.ts'

/** Questions of fact with one right and three wrong answers. */
const FACTS = `Which planet is closest to the Sun?|Mercury|Venus|Mars|Jupiter
Which organ produces insulin?|pancreas|liver|kidney|spleen
The French Revolution began in|1789|1812|1848|1701
Which economist argued that governments should spend in a recession?|Keynes|Hayek|Smith|Ricardo
A demand curve slopes downward because of the|law of demand|law of supply|Giffen paradox|liquidity trap
Which amendment protects freedom of speech?|First|Second|Fifth|Tenth
The mitochondrion is the site of|cellular respiration|photosynthesis|protein storage|cell division
Freud is best known for|psychoanalysis|behaviorism|humanism|structuralism
Which vitamin prevents scurvy?|vitamin C|vitamin A|vitamin D|vitamin K
A firewall is mainly used to|filter network traffic|cool a server|store passwords|compress files
Which layer of the OSI model handles routing?|network|transport|session|physical
In Kant's view, an act is moral if it|follows duty|maximizes pleasure|pleases others|is lawful
The Treaty of Versailles ended|World War I|World War II|the Crimean War|the Seven Years War
Which rock is formed from magma?|igneous|sedimentary|metamorphic|limestone
Which hormone regulates sleep?|melatonin|insulin|cortisol|oxytocin
The capital of Australia is|Canberra|Sydney|Melbourne|Perth
A patient with iron deficiency most often shows|fatigue and pallor|jaundice|hair growth|high fever
What is a tort?|a civil wrong|a crime|a contract|a statute
Which of these is a renewable resource?|wind|coal|oil|natural gas
In marketing, the four Ps include|price|people's opinion|production law|patent
Which company structure limits owners' liability?|corporation|sole proprietorship|partnership|joint family
Which gas do plants absorb?|carbon dioxide|oxygen|nitrogen|helium
Which school of Buddhism is dominant in Thailand?|Theravada|Mahayana|Vajrayana|Zen
Which type of bond shares electrons?|covalent|ionic|metallic|hydrogen
A nurse should first assess a patient's|airway|temperature|diet|family history
The primary purpose of an audit is to|give an opinion on statements|find all fraud|prepare taxes|manage staff
A sociologist who studied suicide was|Durkheim|Weber|Marx|Mead
Which logical fallacy attacks the person?|ad hominem|straw man|slippery slope|red herring
Which virus causes AIDS?|HIV|HPV|influenza|rabies
An object in free fall on Earth accelerates at about|9.8 m/s^2|1.6 m/s^2|3 m/s^2|20 m/s^2
Current through a resistor doubles when the voltage|doubles|halves|stays|quadruples
In supervised learning a model is trained on|labelled data|random noise|no data|rewards only
Cultural relativism holds that|morality depends on culture|morals are universal|law is divine|nothing exists
Which empire built Machu Picchu?|Inca|Maya|Aztec|Roman
Which element has atomic number 1?|hydrogen|helium|oxygen|carbon
Who painted Guernica?|Picasso|Dali|Monet|Goya
The prefix "hypo-" means|below|above|around|against
Which court hears disputes between states?|the International Court of Justice|a magistrates court|a tax court|a family court
The heart has how many chambers?|four|two|three|five
Which process turns liquid into gas?|evaporation|condensation|freezing|melting`

const FACTS_TH = `เมืองหลวงของประเทศออสเตรเลียคือเมืองใด|แคนเบอร์รา|ซิดนีย์|เมลเบิร์น|เพิร์ท
อวัยวะใดผลิตอินซูลิน|ตับอ่อน|ตับ|ไต|ม้าม
ข้อใดเป็นหน้าที่ของพลเมืองดี|เสียภาษี|หลบหนีทหาร|ทิ้งขยะ|ขับรถเร็ว
วรรณคดีเรื่องใดแต่งโดยสุนทรภู่|พระอภัยมณี|อิเหนา|รามเกียรติ์|ลิลิตพระลอ
ข้อใดเป็นพลังงานหมุนเวียน|ลม|ถ่านหิน|น้ำมัน|แก๊สธรรมชาติ
หลักธรรมใดช่วยให้ประสบความสำเร็จในการทำงาน|อิทธิบาท 4|อบายมุข 6|อกุศลมูล 3|นิวรณ์ 5
คำในข้อใดเป็นคำซ้อน|บ้านเรือน|รถไฟ|แม่น้ำ|ลูกเสือ
ข้อใดเขียนสะกดคำถูกต้อง|อนุญาต|อนุญาติ|อณุญาต|อนุยาต
ประโยคใดเป็นประโยคความรวม|เขากินข้าวและดื่มน้ำ|เขากินข้าว|ฝนตก|แมวนอน
เซลล์พืชแตกต่างจากเซลล์สัตว์ในข้อใด|มีผนังเซลล์|มีนิวเคลียส|มีไซโทพลาซึม|มีเยื่อหุ้มเซลล์
หินชนิดใดเกิดจากการเย็นตัวของแมกมา|หินอัคนี|หินตะกอน|หินแปร|หินปูน
กองทุนรวมประเภทใดมีความเสี่ยงต่ำที่สุด|กองทุนตลาดเงิน|กองทุนหุ้น|กองทุนทองคำ|กองทุนน้ำมัน
สนธิสัญญาเบาว์ริงทำกับประเทศใด|อังกฤษ|ฝรั่งเศส|โปรตุเกส|ฮอลันดา
ข้อใดกล่าวถูกต้องเกี่ยวกับดวงจันทร์|เป็นบริวารของโลก|มีแสงในตัวเอง|ใหญ่กว่าโลก|อยู่ไกลกว่าดวงอาทิตย์
พระราชกรณียกิจใดเป็นของรัชกาลที่ 5|เลิกทาส|ตั้งกรุงรัตนโกสินทร์|ประดิษฐ์อักษรไทย|กู้เอกราช
ข้อความใดเป็นข้อเท็จจริง|น้ำเดือดที่ 100 องศาเซลเซียส|ทะเลสวยที่สุด|แมวน่ารัก|กาแฟอร่อย
ผู้บริโภคลำดับที่หนึ่งในสายใยอาหารคือข้อใด|กระต่าย|งู|เหยี่ยว|เสือ
น้ำเสียงของผู้เขียนเป็นอย่างไร|ตำหนิ|ชื่นชม|ประชด|เศร้า
ข้อใดใช้คำราชาศัพท์ถูกต้อง|ทรงพระดำเนิน|ทรงเสด็จ|ทรงประทับนั่งทรง|ทรงตรัส
ธาตุใดเป็นอโลหะ|ออกซิเจน|เหล็ก|ทองแดง|สังกะสี
ใครเป็นผู้มีอำนาจอนุมัติงบประมาณแผ่นดิน|รัฐสภา|ศาลปกครอง|กกต.|ป.ป.ช.
ผู้ลงทุนที่รับความเสี่ยงได้ต่ำควรลงทุนในข้อใด|พันธบัตรรัฐบาล|หุ้นขนาดเล็ก|อนุพันธ์|คริปโต
ไวรัสคอมพิวเตอร์แพร่กระจายได้ทางใด|ไฟล์แนบอีเมล|สายไฟ|จอภาพ|ลำโพง
ข้อใดเป็นสาเหตุของฝนกรด|ซัลเฟอร์ไดออกไซด์|ออกซิเจน|ไนโตรเจน|ฮีเลียม
แรงเสียดทานมีทิศทางอย่างไร|ตรงข้ามการเคลื่อนที่|เดียวกับการเคลื่อนที่|ตั้งฉาก|ขึ้นด้านบน
จงเลือกคำที่เหมาะสมเติมในช่องว่าง He ____ to school every day.|goes|go|going|gone
ความสัมพันธ์ของสองประโยคนี้คือข้อใด ประโยคที่ 1: เขากำลังวิ่งในสวน ประโยคที่ 2: เขาออกกำลังกาย|สอดคล้อง|เป็นกลาง|ขัดแย้ง|สรุปไม่ได้
เลือกสาเหตุที่เป็นไปได้มากที่สุด: พื้นเปียก|ฝนตก|แดดออก|ลมพัด|ไฟดับ
เลือกผลลัพธ์ที่เป็นไปได้มากที่สุด: เด็กลืมร่มไว้ที่โรงเรียน|เขาเปียกฝน|เขานอนหลับ|เขากินข้าว|เขาดูทีวี
หลักฐานทางประวัติศาสตร์ชั้นต้นคือข้อใด|ศิลาจารึก|หนังสือเรียน|บทความ|ภาพยนตร์`

const parsed = (text: string) => text.split('\n').map((line) => line.split('|'))
const EN = parsed(FACTS)
const TH = parsed(FACTS_TH)

const PREAMBLE = [
  'A recent study followed workers in three cities over ten years. ',
  'A 34-year-old woman comes to the clinic for a routine visit. She does not smoke. ',
  'Two companies sign an agreement and later disagree on its terms. ',
  'The passage is taken from a letter written in the 19th century. ',
]

function asked(
  random: Random,
  question: string,
  answers: readonly string[],
  close: readonly string[],
): string {
  const options = shuffled(random, answers)
  const style = choose(random, ['A. ', 'A) ', '(A) ', 'a. ', '(1) ', '1. ', 'A: '])
  const listed = options.map((option, at) => {
    const mark = /\d/.test(style)
      ? String(at + 1)
      : String.fromCharCode(style.includes('a') ? 97 + at : 65 + at)
    return style.replace(/[A1a]/, mark) + option
  })
  const gap = choose(random, ['\n', '\n', ' ', '\\n'])
  return `${question}${gap}${listed.join(gap)}${choose(random, close)}`
}

/** A multiple-choice question of fact in English, now and then with a few sentences before it. */
export function exam(random: Random): string {
  const [question = '', ...answers] = choose(random, EN)
  const before = random() < 0.2 ? choose(random, PREAMBLE) : ''
  return asked(random, before + question, answers, [
    '\nAnswer:',
    '\nAnswer:',
    '',
    '\nPick one.',
    '\nAnswer with the letter only.',
  ])
}

const THAI_LETTERS = ['ก', 'ข', 'ค', 'ง']

/** The same in Thai, with the marks that Thai exams use. */
export function examThai(random: Random): string {
  const [question = '', ...answers] = choose(random, TH)
  const before = choose(random, [
    '',
    '',
    '',
    `ข้อที่ ${between(random, 1, 50)}. `,
    'จงเลือกคำตอบที่ถูกต้องที่สุด ',
    'อ่านข้อความต่อไปนี้แล้วตอบคำถาม การท่องเที่ยวเชิงนิเวศช่วยให้ชุมชนมีรายได้และรักษาธรรมชาติ ',
  ])
  const close = ['', '', '\nคำตอบ:', ' ตอบข้อไหน', '\nเฉลยพร้อมอธิบาย']
  if (random() < 0.4) {
    const listed = shuffled(random, answers).map((option, at) => `${THAI_LETTERS[at]}. ${option}`)
    return `${before}${question}\n${listed.join(choose(random, ['\n', ' ']))}${choose(random, close)}`
  }
  const listed = shuffled(random, answers).map((option, at) => `(${at + 1}) ${option}`)
  return `${before}${question}\n${listed.join(choose(random, ['\n', ' ', '\\n']))}${choose(random, close)}`
}
