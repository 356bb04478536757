/// <reference lib="dom" />
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  ScatterController,
  Tooltip,
} from 'chart.js'
import type { PageData } from '../data.ts'
import { sortable } from './sort.ts'

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  ScatterController,
  Tooltip,
)

/** Okabe and Ito's colours, which people with colour blindness can tell apart, and grey for the rest. */
const COLOURS = [
  '#0072b2',
  '#e69f00',
  '#009e73',
  '#cc79a7',
  '#56b4e9',
  '#d55e00',
  '#b8a600',
  '#8a8f98',
]

const data: PageData = JSON.parse(document.getElementById('data')?.textContent ?? '{}')
const dollars = (value: number): string =>
  value.toLocaleString('en-US', {
    style: 'currency',
    currency: 'USD',
    maximumFractionDigits: Math.abs(value) < 1 ? 4 : Math.abs(value) < 1000 ? 2 : 0,
  })

const money = { ticks: { callback: (value: string | number) => dollars(Number(value)) } }
const tip = (label: (at: number, set: number) => string) => ({
  tooltip: {
    callbacks: {
      label: (item: { dataIndex: number; datasetIndex: number }) =>
        label(item.dataIndex, item.datasetIndex),
    },
  },
})

function byDay(): ChartConfiguration<'bar'> {
  const { days, series } = data
  return {
    type: 'bar',
    data: {
      labels: [...days],
      datasets: series.map(({ name, values }, at) => ({
        label: name,
        data: [...values],
        backgroundColor: COLOURS[at % COLOURS.length] ?? '#888',
      })),
    },
    options: {
      scales: { x: { stacked: true, grid: { display: false } }, y: { stacked: true, ...money } },
      plugins: {
        legend: { position: 'bottom', labels: { boxWidth: 12 } },
        ...tip((at, set) => `${series[set]?.name}: ${dollars(series[set]?.values[at] ?? 0)}`),
      },
    },
  }
}

function bars(places: PageData['routes']): ChartConfiguration<'bar'> {
  const name = (at: number) => {
    const place = places[at]
    return `${place?.partial ? '≥ ' : ''}$${place?.text}`
  }
  return {
    type: 'bar',
    data: {
      labels: places.map((place) => place.name),
      datasets: [
        {
          data: places.map(({ value }) => value),
          backgroundColor: places.map(({ partial }) => (partial ? '#8a8f98' : '#0072b2')),
        },
      ],
    },
    options: {
      indexAxis: 'y',
      scales: { x: money, y: { grid: { display: false } } },
      plugins: { legend: { display: false }, ...tip(name) },
    },
  }
}

function scatter(): ChartConfiguration<'scatter'> {
  const front = data.field.filter((each) => each.front).sort((a, b) => a.value - b.value)
  const used = data.field.filter((each) => each.used && !each.front)
  const others = data.field.filter((each) => !each.used && !each.front)
  const sets = [front, used, others]
  const dots = (models: PageData['field']) =>
    models.map(({ value, score }) => ({ x: Math.max(value, 1e-6), y: score }))
  const point = (label: string, colour: string, radius: number) => ({
    label,
    backgroundColor: colour,
    borderColor: colour,
    pointRadius: radius,
  })
  return {
    type: 'scatter',
    data: {
      datasets: [
        {
          ...point('Pareto line', '#009e73', 4),
          data: dots(front),
          showLine: true,
          borderWidth: 2,
        },
        { ...point('used', '#d55e00', 6), data: dots(used) },
        { ...point('others', '#8a8f98', 3), data: dots(others) },
      ],
    },
    options: {
      scales: {
        x: { type: 'logarithmic', title: { display: true, text: 'US$, logarithmic' }, ...money },
        y: { title: { display: true, text: data.metric } },
      },
      plugins: {
        legend: { position: 'bottom', labels: { boxWidth: 12 } },
        ...tip((at, set) => {
          const dot = sets[set]?.[at]
          return dot ? `${dot.name}: ${dot.score}, $${dot.text}` : ''
        }),
      },
    },
  }
}

type Fees = PageData['fees'][number]

function fees(): ChartConfiguration<'line'> {
  const line = (label: string, colour: string, fee: (at: Fees) => number | null) => ({
    label,
    data: data.fees.map((each) => ({ x: each.volume, y: fee(each) })),
    borderColor: colour,
    backgroundColor: colour,
    pointRadius: 2,
  })
  return {
    type: 'line',
    data: {
      datasets: [
        line('Direct', '#8a8f98', () => 0),
        line('Credits', '#0072b2', ({ credits }) => credits),
        line('BYOK', '#e69f00', ({ byok }) => byok),
      ],
    },
    options: {
      scales: {
        x: { type: 'linear', title: { display: true, text: 'list price of a month' }, ...money },
        y: { title: { display: true, text: 'fees' }, ...money },
      },
      plugins: { legend: { position: 'bottom', labels: { boxWidth: 12 } } },
    },
  }
}

const charts: Chart[] = []

function draw(): void {
  for (const chart of charts.splice(0)) chart.destroy()
  const style = getComputedStyle(document.documentElement)
  Chart.defaults.color = style.getPropertyValue('--soft').trim()
  Chart.defaults.borderColor = style.getPropertyValue('--line').trim()
  Chart.defaults.font.family = 'system-ui, sans-serif'
  Chart.defaults.maintainAspectRatio = false
  Chart.defaults.animation = false
  put('days', byDay(), data.days.length > 0)
  put('routes', bars(data.routes), data.routes.length > 0)
  put('others', bars(data.others), data.others.length > 0)
  put('field', scatter(), data.field.length > 0)
  put('fees', fees(), true)
}

function put(id: string, config: ChartConfiguration, wanted: boolean): void {
  const canvas = document.getElementById(id)
  if (wanted && canvas instanceof HTMLCanvasElement) charts.push(new Chart(canvas, config))
  else document.getElementById(`${id}-figure`)?.remove()
}

function themes(): void {
  const button = document.getElementById('theme')
  const system = matchMedia('(prefers-color-scheme: dark)')
  const root = document.documentElement
  const isDark = () => (root.dataset['theme'] ? root.dataset['theme'] === 'dark' : system.matches)
  const label = () => {
    button?.setAttribute('aria-pressed', String(isDark()))
    if (button) button.textContent = isDark() ? 'Light' : 'Dark'
  }
  button?.addEventListener('click', () => {
    root.dataset['theme'] = isDark() ? 'light' : 'dark'
    label()
    draw()
  })
  system.addEventListener('change', () => {
    label()
    draw()
  })
  label()
}

themes()
draw()
for (const table of document.querySelectorAll('table')) sortable(table)
document.documentElement.dataset['ready'] = String(charts.length)
