/** What the advertiser sells: a sector, or a branch of it (`finance.insurance`). */

const BRANCHES = {
  automotive: ['electric_vehicles', 'parts_accessories', 'luxury'],
  beauty_cosmetics: ['skincare', 'fragrance', 'haircare'],
  cannabis: [],
  cpg: ['personal_care', 'household'],
  dating: [],
  education: ['higher_education', 'online_learning', 'k12'],
  energy_utilities: ['renewable'],
  fashion_apparel: ['luxury', 'sportswear'],
  finance: ['banking', 'insurance', 'investment', 'cryptocurrency'],
  food_beverage: ['alcohol', 'restaurants', 'packaged_goods'],
  gambling_betting: ['sports_betting', 'casino'],
  gaming: ['mobile', 'console_pc', 'esports'],
  government_nonprofit: ['political', 'charity'],
  healthcare: ['pharmaceutical', 'medical_devices', 'wellness'],
  home_garden: ['furniture', 'home_improvement'],
  media_entertainment: ['podcasts', 'music', 'film_tv', 'publishing', 'live_events'],
  pets: [],
  professional_services: ['legal', 'consulting'],
  real_estate: ['residential', 'commercial'],
  recruitment_hr: [],
  retail: ['ecommerce', 'department_stores'],
  sports_fitness: ['equipment', 'teams_leagues'],
  technology: ['software', 'hardware', 'ai_ml'],
  telecom: ['mobile_carriers', 'internet_providers'],
  transportation_logistics: [],
  travel_hospitality: ['airlines', 'hotels', 'cruise', 'tourism'],
} as const;

type Branches = typeof BRANCHES;
export type AdvertiserIndustry = { [S in keyof Branches]: S | `${S}.${Branches[S][number]}` }[keyof Branches];

export const ADVERTISER_INDUSTRIES: readonly AdvertiserIndustry[] = Object.entries(BRANCHES)
  .flatMap(([sector, branches]) => [sector, ...branches.map((branch) => `${sector}.${branch}`)]) as AdvertiserIndustry[];
